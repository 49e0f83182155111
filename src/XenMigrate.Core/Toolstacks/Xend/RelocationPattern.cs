namespace XenMigrate.Toolstacks.Xend;

/// <summary>Makes values of hosts-allow.</summary>
internal static class RelocationPattern
{
    /// <summary>Patterns as one value, with the single space between them that xend splits at.</summary>
    public static string Join(IEnumerable<string> patterns) => string.Join(" ", patterns);

    /// <summary>A pattern that fits this host name or address and nothing else.</summary>
    public static string Exact(string name)
    {
        StringBuilder pattern = new("^", name.Length + 8);
        foreach (char c in name)
        {
            // Python takes a backslash before any sign for that sign; before a letter or digit it is something else.
            _ = IsPlain(c) ? pattern.Append(c) : pattern.Append('\\').Append(c);
        }

        return pattern.Append('$').ToString();
    }

    /// <summary>Whether it can be a host name or an address: else it is no pattern that one is made of.</summary>
    public static bool IsHost(string name) => name.Length > 0 && name.All(c => c == '.' || IsPlain(c));

    private static bool IsPlain(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or ':';
}
