namespace XenMigrate.Toolstacks.Xend.Sxp;

/// <summary>Writes S-expressions as xend does, in words that its reader gives back unchanged.</summary>
internal static class SxpWriter
{
    public static string Write(SxpValue value) => value switch
    {
        SxpAtom atom => Atom(atom.Text),
        SxpList list => "(" + string.Join(" ", list.Items.Select(Write)) + ")",
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    /// <summary>A word, in quotes if it needs them.</summary>
    public static string Atom(string text) => Atom(text, quote: null);

    /// <summary>A word in these quotes; with none given, as xend would write it.</summary>
    public static string Atom(string text, char? quote) =>
        quote is null && IsBare(text) ? text : Quote(text, quote ?? (text.Contains('\'') && !text.Contains('"') ? '"' : '\''));

    private static bool IsBare(string text) => text == "@" || (text.Length > 0 && text.All(IsBare));

    private static bool IsBare(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
        or '.' or '-' or '_' or ':' or '/' or '~';

    private static string Quote(string text, char quote)
    {
        StringBuilder quoted = new(text.Length + 8);
        _ = quoted.Append(quote);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append(@"\n"),
                '\r' => quoted.Append(@"\r"),
                '\t' => quoted.Append(@"\t"),
                // Python would write \x1f, which xend's reader gets wrong.
                < ' ' or '\u007f' => quoted.Append('\\').Append(Octal(c)),
                _ when c == quote => quoted.Append('\\').Append(c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(quote).ToString();
    }

    private static string Octal(char c) => Convert.ToString(c, 8).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture);
}
