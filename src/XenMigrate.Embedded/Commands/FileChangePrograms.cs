namespace XenMigrate.Embedded.Commands;

/// <summary>Programs that change files: touch, rm, mv, cp, chmod and mkdir.</summary>
internal sealed class FileChangePrograms(HostFiles files)
{
    public void AddTo(ProgramTable table)
    {
        table.Add("touch", Touch);
        table.Add("rm", Remove);
        table.Add("mv", Move);
        table.Add("cp", Copy);
        table.Add("chmod", ChangeMode);
        table.Add("mkdir", MakeFolder);
    }

    private int Touch(Invocation call) => Each(
        call, Options.Read(call, "acm"), "cannot touch", path => files.Touch(path));

    private int Remove(Invocation call)
    {
        Options options = Options.Read(call, "fi");
        return Each(call, options, "cannot remove", path =>
        {
            if (!options.Has("f") || files.Find(path) is not null)
            {
                files.Remove(path);
            }
        });
    }

    private int MakeFolder(Invocation call)
    {
        Options options = Options.Read(call, "p", "m");
        return Each(call, options, "cannot create directory", path =>
        {
            if (!options.Has("p") && files.Find(path) is not null)
            {
                throw FileFailure.Exists;
            }

            if (!options.Has("p"))
            {
                _ = files.Get(HostFiles.Full(path + "/.."));
            }

            files.MakeFolders(path);
        });
    }

    private int ChangeMode(Invocation call)
    {
        Options options = Options.Read(call, "R");
        if (options.Operands.Count < 2)
        {
            return call.Fail("chmod: missing operand\nTry `chmod --help' for more information.");
        }

        int mode;
        try
        {
            mode = Convert.ToInt32(options.Operands[0], 8);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return call.FailAs($"invalid mode: `{options.Operands[0]}'");
        }

        Options rest = options with { Operands = [.. options.Operands.Skip(1)] };
        return Each(call, rest, "cannot access", path => files.Get(path).Mode = mode & 0xfff);
    }

    private int Move(Invocation call) =>
        Pair(call, Options.Read(call, "fT"), "move", (from, to, _) => files.Move(from, to));

    private int Copy(Invocation call) =>
        Pair(call, Options.Read(call, "pfT"), "copy", (from, to, options) => files.Copy(from, to, options.Has("p")));

    private int Pair(Invocation call, Options options, string verb, Action<string, string, Options> act)
    {
        if (options.Problem is not null || options.Operands is not [string from, string to])
        {
            return call.Fail(
                $"{call.Program}: {options.Problem ?? "missing file operand"}\nTry `{call.Program} --help' for more information.");
        }

        if (files.Find(from) is not { } node)
        {
            return call.FailAs($"cannot stat `{from}': {FileFailure.Missing.Message}");
        }

        if (!options.Has("T") && files.Find(to) is { IsFolder: true })
        {
            to = to.TrimEnd('/') + "/" + from[(from.LastIndexOf('/') + 1)..];
        }

        if (node.IsFolder)
        {
            return call.FailAs($"omitting directory `{from}'");
        }

        try
        {
            act(from, to, options);
            return 0;
        }
        catch (FileFailure e)
        {
            return call.FailAs($"cannot {verb} `{from}' to `{to}': {e.Message}");
        }
    }

    private static int Each(Invocation call, Options options, string complaint, Action<string> act)
    {
        if (options.Problem is not null || (options.Operands.Count == 0 && !options.Has("f")))
        {
            return call.Fail($"{call.Program}: {options.Problem ?? "missing operand"}\nTry `{call.Program} --help' for more information.");
        }

        int exitCode = 0;
        foreach (string path in options.Operands)
        {
            try
            {
                act(path);
            }
            catch (FileFailure e)
            {
                exitCode = call.FailAs($"{complaint} `{path}': {e.Message}");
            }
        }

        return exitCode;
    }
}
