using System.Text.RegularExpressions;

namespace XenMigrate.Embedded.Commands;

/// <summary>Programs that read files: cat, head and grep.</summary>
internal sealed class TextPrograms(HostFiles files)
{
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);

    public void AddTo(ProgramTable table)
    {
        table.Add("cat", Concatenate);
        table.Add("head", Head);
        table.Add("grep", Search);
    }

    private int Concatenate(Invocation call)
    {
        Options options = Options.Read(call, "");
        if (options.Problem is { } problem)
        {
            return call.Fail($"cat: {problem}\nTry `cat --help' for more information.");
        }

        int exitCode = 0;
        foreach (string path in options.Operands)
        {
            exitCode = Math.Max(exitCode, Show(call, path, path, path => files.ReadText(path)));
        }

        return exitCode;
    }

    private int Head(Invocation call)
    {
        Options options = Options.Read(call, "q", "cn");
        if (options.Problem is not null || !Count(options["c"] ?? options["n"] ?? "10", out int count))
        {
            return call.Fail($"head: {options.Problem ?? "invalid number of lines"}\nTry `head --help' for more information.");
        }

        int exitCode = 0;
        foreach (string path in options.Operands)
        {
            exitCode = Math.Max(exitCode, Show(call, $"cannot open `{path}' for reading", path, path => options.Has("c")
                ? Encoding.UTF8.GetString(files.ReadBytes(path, 0, count))
                : string.Concat(files.ReadText(path).Split('\n').SkipLast(1).Take(count).Select(line => line + "\n"))));
        }

        return exitCode;
    }

    private int Search(Invocation call)
    {
        Options options = Options.Read(call, "vicqEnFsh", "me");
        string? pattern = options["e"] ?? (options.Operands.Count > 0 ? options.Operands[0] : null);
        string[] paths = [.. options.Operands.Skip(options.Has("e") ? 0 : 1)];
        int most = int.MaxValue;
        if (options.Problem is not null || pattern is null || (options["m"] is { } limit && !Count(limit, out most)))
        {
            return call.Fail("Usage: grep [OPTION]... PATTERN [FILE]...\nTry `grep --help' for more information.", 2);
        }

        if (MatcherOf(options.Has("F") ? Regex.Escape(pattern) : pattern, options.Has("i")) is not { } regex)
        {
            return call.FailAs("Invalid regular expression", 2);
        }

        int found = 0;
        bool failed = false;
        foreach (string path in paths)
        {
            int inFile = 0;
            failed |= Show(call, path, path, file =>
            {
                string[] lines = [.. Lines(files.ReadText(file)).Where(line => regex.IsMatch(line) != options.Has("v")).Take(most)];
                inFile = lines.Length;
                string prefix = paths.Length > 1 && !options.Has("h") ? file + ":" : "";
                return options.Has("q") ? ""
                    : options.Has("c") ? prefix + inFile.ToString(CultureInfo.InvariantCulture) + "\n"
                    : string.Concat(lines.Select(line => prefix + line + "\n"));
            }) != 0;
            found += inFile;
        }

        return failed && found == 0 ? 2 : found > 0 ? 0 : 1;
    }

    /// <summary>A pattern's matcher, or null if it is no regular expression.</summary>
    public static Regex? MatcherOf(string pattern, bool ignoreCase = false)
    {
        try
        {
            return new Regex(
                pattern, ignoreCase ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.CultureInvariant, s_matchLimit);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string[] Lines(string text) =>
        text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    private static bool Count(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static int Show(Invocation call, string complaint, string path, Func<string, string> read)
    {
        try
        {
            call.Write(read(path));
            return 0;
        }
        catch (FileFailure e)
        {
            return call.FailAs($"{complaint}: {e.Message}");
        }
    }
}
