namespace XenMigrate.Embedded.Commands;

/// <summary>stat with a format of its caller's.</summary>
internal sealed class StatPrograms(HostFiles files)
{
    public void AddTo(ProgramTable table) => table.Add("stat", Stat);

    private int Stat(Invocation call)
    {
        Options options = Options.Read(call, "Lft", "c");
        if (options.Problem is not null || options.Operands.Count == 0 || options["c"] is not { } format)
        {
            return call.Fail($"stat: {options.Problem ?? "missing operand"}\nTry `stat --help' for more information.");
        }

        int exitCode = 0;
        foreach (string path in options.Operands)
        {
            try
            {
                FileNode node = files.Get(path);
                MountPoint mount = files.MountOf(path);
                call.WriteLine(Expand(format, letter => options.Has("f") ? OfFileSystem(letter, mount) : OfFile(letter, path, node, mount)));
            }
            catch (FileFailure e)
            {
                exitCode = call.Fail(options.Has("f")
                    ? $"stat: cannot read file system information for `{path}': {e.Message}"
                    : $"stat: cannot stat `{path}': {e.Message}");
            }
        }

        return exitCode;
    }

    private static string Expand(string format, Func<char, object> value)
    {
        StringBuilder text = new();
        for (int i = 0; i < format.Length; i++)
        {
            _ = format[i] == '%' && i + 1 < format.Length
                ? text.Append(Convert.ToString(value(format[++i]), CultureInfo.InvariantCulture))
                : text.Append(format[i]);
        }

        return text.ToString();
    }

    private static object OfFile(char letter, string path, FileNode node, MountPoint mount) => letter switch
    {
        'd' => mount.Device,
        'i' => node.Inode,
        's' => node.Size,
        'Y' or 'Z' or 'X' => node.Modified.ToUnixTimeSeconds(),
        'F' => node.Kind switch
        {
            FileKind.Folder => "directory",
            _ => node.Size == 0 ? "regular empty file" : "regular file",
        },
        'a' => Permissions.Octal(node),
        'A' => Permissions.Letters(node),
        // It has no device nodes.
        'u' or 'g' or 't' or 'T' => 0,
        'U' or 'G' => "root",
        'h' => 1,
        'n' => path,
        '%' => "%",
        _ => "?",
    };

    private static object OfFileSystem(char letter, MountPoint mount) => letter switch
    {
        'a' or 'f' => (mount.Tree.Kilobytes - mount.Tree.UsedKilobytes) / 4,
        'b' => mount.Tree.Kilobytes / 4,
        'S' or 's' => 4096,
        'T' => mount.FileSystem == "nfs" ? "nfs" : "ext2/ext3",
        '%' => "%",
        _ => "?",
    };
}
