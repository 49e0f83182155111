namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// Puts a regular expression of Python 2 into .NET's words. The two agree but for some escapes, what a bracket means
/// within a set, and the spelling of named groups.
/// </summary>
internal static class PythonRegex
{
    private const string Flags = "iLmsuxt";
    private const string Agreed = "AbBDSWafnrtv";

    public static string Translate(string pattern)
    {
        StringBuilder translated = new(pattern.Length + 8);
        bool inSet = false;
        int setBegan = 0;
        string flags = "";

        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                i++;
                _ = translated.Append(Escape(pattern[i], inSet));
            }
            else if (inSet)
            {
                // .NET takes "[" within a set for the beginning of a set to take away.
                bool closes = c == ']' && i > setBegan;
                inSet = !closes;
                _ = closes || c != '[' ? translated.Append(c) : translated.Append("\\[");
            }
            else if (c == '[')
            {
                inSet = true;
                bool negated = i + 1 < pattern.Length && pattern[i + 1] == '^';
                // A closing bracket that comes first is a member.
                setBegan = i + (negated ? 2 : 1);
                _ = translated.Append(negated ? "[^" : "[");
                i += negated ? 1 : 0;
            }
            else if (Starts(pattern, i, "(?") && pattern.IndexOf(')', i) is > 0 and var end && pattern.Substring(i + 2, end - i - 2) is { Length: > 0 } letters
                && letters.All(letter => Flags.Contains(letter)))
            {
                // They hold for the whole pattern, wherever they stand. What is of locales and Unicode changes nothing for host names.
                flags += string.Concat(letters.Where(letter => "imsx".Contains(letter)));
                i = end;
            }
            else if (Starts(pattern, i, "(?P<") || Starts(pattern, i, "(?P="))
            {
                i += NamedGroup(pattern, i, translated);
            }
            else
            {
                // {,3} is up to three for Python, and five plain characters for .NET.
                _ = Starts(pattern, i, "{,") ? translated.Append("{0") : translated.Append(c);
            }
        }

        return flags.Length > 0 ? $"(?{flags})" + translated : translated.ToString();
    }

    /// <summary>Appends a named group's beginning, or a reference to one, and says how many characters it skipped.</summary>
    private static int NamedGroup(string pattern, int at, StringBuilder translated)
    {
        if (pattern[at + 3] == '<')
        {
            _ = translated.Append("(?<");
            return 3;
        }

        int end = pattern.IndexOf(')', at);
        string name = end < 0 ? "" : pattern.Substring(at + 4, end - at - 4);
        _ = translated.Append(@"\k<").Append(name).Append('>');
        return end < 0 ? 3 : end - at;
    }

    private static string Escape(char c, bool inSet)
    {
        switch (c)
        {
            // Host names are ASCII, and so were Python 2's classes.
            case 'd':
                return inSet ? "0-9" : "[0-9]";
            case 'w':
                return inSet ? "A-Za-z0-9_" : "[A-Za-z0-9_]";
            case 's':
                return inSet ? @" \t\n\r\f\v" : @"[ \t\n\r\f\v]";
            case 'Z' when !inSet:
                return @"\z";
            case 'x' or (>= '0' and <= '9'):
                return "\\" + c;
            default:
                return char.IsLetter(c) && Agreed.IndexOf(c) < 0 ? c.ToString() : "\\" + c;
        }
    }

    private static bool Starts(string pattern, int at, string text) =>
        string.CompareOrdinal(pattern, at, text, 0, text.Length) == 0;
}
