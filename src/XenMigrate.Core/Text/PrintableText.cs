namespace XenMigrate.Text;

/// <summary>
/// Makes what a host wrote fit for a terminal, a log and a report: what could move the cursor, colour the screen or turn
/// the direction of writing becomes visible.
/// </summary>
internal static class PrintableText
{
    /// <summary>Of a text of many lines, which stay lines.</summary>
    public static string Of(string text) => Of(text, areLinesKept: true);

    /// <inheritdoc cref="Of(string)"/>
    public static string? OfOrNull(string? text) => text is null ? null : Of(text);

    /// <summary>Of a name, or of anything else that is one line.</summary>
    public static string Line(string text) => Of(text, areLinesKept: false);

    /// <inheritdoc cref="Line(string)"/>
    public static string? LineOrNull(string? text) => text is null ? null : Line(text);

    /// <summary>Of texts of many lines.</summary>
    public static IReadOnlyList<string> All(IEnumerable<string> texts) => [.. texts.Select(text => OfOrNull(text)!)];

    /// <summary>Of texts that are one line each.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<string> texts) => [.. texts.Select(text => LineOrNull(text)!)];

    /// <summary>What stands for one character that is no half of a pair.</summary>
    public static string Of(char c, bool areLinesKept = true) => c switch
    {
        '\n' or '\t' when areLinesKept => c.ToString(),
        '\n' => @"\n",
        '\t' => @"\t",
        '\r' => @"\r",
        '\0' => @"\0",
        _ => IsUnseen(c) ? string.Format(CultureInfo.InvariantCulture, @"\u{0:x4}", (int)c) : c.ToString(),
    };

    private static string Of(string text, bool areLinesKept)
    {
        if (!text.Any(c => c < ' ' || (c > '~' && (IsUnseen(c) || char.IsSurrogate(c)))))
        {
            return text;
        }

        StringBuilder printable = new(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            _ = isPair ? printable.Append(text[i]).Append(text[++i]) : printable.Append(Of(text[i], areLinesKept));
        }

        return printable.ToString();
    }

    private static bool IsUnseen(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;
}
