namespace XenMigrate.Ssh;

/// <summary>Host patterns as ssh_config and known_hosts share them: * and ? are wildcards, ! takes away.</summary>
internal static class HostPatterns
{
    /// <summary>Whether one pattern matches the name and none that begins with ! does.</summary>
    public static bool Match(IEnumerable<string> patterns, string name)
    {
        bool matches = false;
        foreach (string pattern in patterns)
        {
            bool negated = pattern.BeginsWith('!');
            if (!MatchOne(negated ? pattern.Substring(1) : pattern, name))
            {
                continue;
            }

            if (negated)
            {
                return false;
            }

            matches = true;
        }

        return matches;
    }

    /// <summary>Whether the whole name fits one pattern; case does not matter in host names.</summary>
    public static bool MatchOne(string pattern, string name)
    {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;

        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || SameCharacter(pattern[p], name[n])))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                // Let the last star take one character more; earlier stars need no second try.
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool SameCharacter(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
