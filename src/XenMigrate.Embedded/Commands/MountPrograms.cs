namespace XenMigrate.Embedded.Commands;

/// <summary>Programs about file systems: df, mount, umount and showmount.</summary>
/// <param name="filesOf">The files of a host; null of one that is off.</param>
internal sealed class MountPrograms(HostFiles files, FileTree sharedStorage, HostProfile own, Func<HostProfile, HostFiles?> filesOf)
{
    public void AddTo(ProgramTable table)
    {
        table.Add("df", Free);
        table.Add("mount", Mount);
        table.Add("umount", Unmount);
        table.Add("showmount", ShowExports);
        table.Add("exportfs", ListExports);
    }

    private int Free(Invocation call)
    {
        Options options = Options.Read(call, "kPl");
        if (options.Problem is { } problem)
        {
            return call.Fail($"df: {problem}\nTry `df --help' for more information.");
        }

        IReadOnlyList<string> paths = options.Operands.Count > 0 ? options.Operands : [.. files.Mounts.Select(mount => mount.Path)];
        foreach (string path in paths.Where(path => files.Find(path) is null))
        {
            return call.Fail($"df: `{path}': No such file or directory");
        }

        call.WriteLine("Filesystem           1K-blocks      Used Available Use% Mounted on");
        foreach (MountPoint mount in paths.Select(files.MountOf))
        {
            // ext3 keeps some for root, which the chapter's figures show.
            long used = mount.Tree.UsedKilobytes;
            long available = Math.Max(0, mount.Tree.Kilobytes - used - (mount.Tree.Kilobytes * 3_584_352 / PairStorage.Kilobytes));
            long percent = (used + available) == 0 ? 100 : (used * 100 / (used + available)) + 1;
            call.WriteLine(string.Format(
                CultureInfo.InvariantCulture,
                "{0,-20} {1,9} {2,9} {3,9} {4,3}% {5}",
                mount.Source,
                mount.Tree.Kilobytes,
                used,
                available,
                percent,
                mount.Path));
        }

        return 0;
    }

    private int Mount(Invocation call)
    {
        if (call.Arguments.Count == 0)
        {
            foreach (MountPoint mounted in files.Mounts)
            {
                call.WriteLine($"{mounted.Source} on {mounted.Path} type {mounted.FileSystem} ({(mounted.IsReadOnly ? "ro" : "rw")})");
            }

            return 0;
        }

        // Only the shared storage can be mounted: by its folder, which /etc/fstab knows, or by what it is and its folder.
        string folder = HostFiles.Full(call.Arguments[^1]);
        MountPoint storage = PairStorage.MountOn(own, sharedStorage);
        if (folder != storage.Path || (call.Arguments.Count > 1 && !call.Arguments.Contains(storage.Source)))
        {
            return call.Fail(call.Arguments.Count == 1
                ? $"mount: can't find {call.Arguments[0]} in /etc/fstab or /etc/mtab"
                : $"mount: special device {call.Arguments[^2]} does not exist", 1);
        }

        try
        {
            files.Mount(storage);
            return 0;
        }
        catch (FileFailure)
        {
            return call.Fail($"mount: {storage.Source} is already mounted or {storage.Path} busy", 32);
        }
    }

    private int Unmount(Invocation call)
    {
        Options options = Options.Read(call, "fl");
        return options.Operands is not [string path] ? call.Fail("Usage: umount [-hV]", 1)
            : path != "/" && files.Unmount(HostFiles.Full(path)) ? 0
            : call.Fail($"umount: {path}: not mounted");
    }

    private int ListExports(Invocation call)
    {
        if (call.Arguments is not ["-v"])
        {
            return call.Fail("usage: exportfs [-aruv] [host:/path]");
        }

        foreach (string[] words in Exports(files))
        {
            foreach (string[] client in words.Skip(1).Select(word => word.TrimEnd(')').Split('(')))
            {
                // What is usual, exportfs says as well.
                string squash = client[1].Contains("no_root_squash", StringComparison.Ordinal) ? "" : ",root_squash";
                string options = string.Join(',', client[1].Split(',').Where(option => option is not ("sync" or "root_squash")));
                call.WriteLine($"{words[0],-15}{(words[0].Length > 14 ? "\n\t\t" : "\t")}{client[0].Replace("*", "<world>")}({options},wdelay{squash},no_subtree_check)");
            }
        }

        return 0;
    }

    private static IEnumerable<string[]> Exports(HostFiles exporter) => exporter.ReadText(PairStorage.ExportsPath)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private int ShowExports(Invocation call)
    {
        Options options = Options.Read(call, "e", "", ("exports", "e"), ("no-headers", "n"));
        string name = options.Operands.Count > 0 ? options.Operands[0] : own.Name;
        if (HostProfile.Named(name) is not { } profile)
        {
            return call.Fail($"mount clntudp_create: RPC: Unknown host");
        }

        if (filesOf(profile) is not { } server)
        {
            return call.Fail("mount clntudp_create: RPC: Port mapper failure - RPC: Unable to receive");
        }

        call.WriteLine($"Export list for {name}:");
        foreach (string[] words in Exports(server))
        {
            call.WriteLine($"{words[0]} {string.Join(',', words.Skip(1).Select(client => client.Split('(')[0]))}");
        }

        return 0;
    }
}
