namespace XenMigrate.Completion;

/// <summary>Names of hosts in the user's ssh files, for tab completion.</summary>
internal static class KnownHostNames
{
    private static readonly char[] s_blanks = [' ', '\t', '='];

    /// <summary>The names in ~/.ssh/config and ~/.ssh/known_hosts, in order.</summary>
    public static IReadOnlyList<string> Read()
    {
        string folder = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh");

        return
        [
            .. FromConfiguration(Lines(Path.Combine(folder, "config")))
                .Concat(FromKnownHosts(Lines(Path.Combine(folder, "known_hosts"))))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .OrderBy(name => name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>The names of Host entries; patterns name no host.</summary>
    public static IEnumerable<string> FromConfiguration(IEnumerable<string> lines) =>
        lines.Select(Words)
            .Where(words => words.Length > 1 && words[0].Equals("Host", StringComparison.OrdinalIgnoreCase))
            .SelectMany(words => words.Skip(1))
            .Select(word => word.Trim('"'))
            .Where(IsName);

    /// <summary>The first field of each line; hashed names are meant to stay unread, and a marker comes before it.</summary>
    public static IEnumerable<string> FromKnownHosts(IEnumerable<string> lines) =>
        lines.Select(Words)
            .Where(words => words.Length > 1 && words[0][0] is not ('#' or '|' or '@'))
            .SelectMany(words => words[0].Split([','], StringSplitOptions.RemoveEmptyEntries))
            .Select(WithoutPort)
            .Where(IsName);

    private static string[] Words(string line) => line.Trim().Split(s_blanks, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsName(string word) => word.Length > 0 && word.IndexOfAny(['*', '?', '!', '|']) < 0;

    // [host]:2222
    private static string WithoutPort(string name) =>
        name[0] == '[' && name.IndexOf(']') is > 0 and int end
            ? name.Substring(1, end - 1)
            : name;

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
