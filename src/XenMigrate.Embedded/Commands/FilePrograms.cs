namespace XenMigrate.Embedded.Commands;

/// <summary>Programs that look at files without reading them: test and ls.</summary>
internal sealed class FilePrograms(HostFiles files)
{
    public void AddTo(ProgramTable table)
    {
        table.Add("test", Test);
        table.Add("ls", List);
    }

    private int Test(Invocation call)
    {
        if (call.Arguments is not [string kind, string path])
        {
            return call.Fail("sh: test: too many arguments", 2);
        }

        FileNode? node = files.Find(path);
        bool? holds = kind switch
        {
            "-e" or "-r" => node is not null,
            "-w" => node is not null && files.MountOf(path) is { IsReadOnly: false, RefusesRoot: false },
            "-f" => node is { Kind: FileKind.File },
            "-d" => node is { IsFolder: true },
            "-b" => false,
            "-s" => node is { Size: > 0 },
            _ => null,
        };
        return holds is { } answer ? (answer ? 0 : 1) : call.Fail($"sh: test: {kind}: unary operator expected", 2);
    }

    private int List(Invocation call)
    {
        Options options = Options.Read(call, "lrtad1p");
        if (options.Problem is { } problem)
        {
            return call.Fail($"ls: {problem}\nTry `ls --help' for more information.", 2);
        }

        int exitCode = 0;
        foreach (string path in options.Operands.Count > 0 ? options.Operands : ["."])
        {
            if (files.Find(path) is not { } node)
            {
                exitCode = call.FailAs($"{path}: No such file or directory", 2);
                continue;
            }

            bool inside = node.IsFolder && !options.Has("d");
            if (inside && options.Has("l"))
            {
                call.WriteLine($"total {node.Children.Values.Sum(child => child.Content is StoredContent ? child.Size / 1024 : 4)}");
            }

            (string, FileNode)[] found = inside
                ? [.. node.Children.Where(child => options.Has("a") || child.Key[0] != '.').Select(child => (child.Key, child.Value))]
                : [(path, node)];
            foreach ((string name, FileNode file) in Sort(found, options))
            {
                string shown = options.Has("p") && file.IsFolder ? name + "/" : name;
                call.WriteLine(options.Has("l") ? Line(shown, file) : shown);
            }
        }

        return exitCode;
    }

    private static IEnumerable<(string Name, FileNode File)> Sort((string Name, FileNode File)[] found, Options options)
    {
        IEnumerable<(string, FileNode)> sorted = options.Has("t") ? found.OrderByDescending(file => file.File.Modified) : found;
        return options.Has("r") ? sorted.Reverse() : sorted;
    }

    private static string Line(string name, FileNode file) => string.Format(
        CultureInfo.InvariantCulture,
        "{0} {1} root root {2} {3} {4}",
        Permissions.Letters(file),
        file.IsFolder ? 2 : 1,
        file.Size,
        file.Modified.UtcDateTime.ToString("MMM d HH:mm", CultureInfo.InvariantCulture),
        name);
}

/// <summary>Permissions as ls shows them.</summary>
internal static class Permissions
{
    public static string Letters(FileNode file)
    {
        string letters = "rwxrwxrwx";
        char[] shown = [.. letters.Select((letter, i) => (file.Mode & (0x100 >> i)) != 0 ? letter : '-')];
        return (file.IsFolder ? "d" : "-") + new string(shown);
    }

    public static string Octal(FileNode file) => Convert.ToString(file.Mode, 8);
}
