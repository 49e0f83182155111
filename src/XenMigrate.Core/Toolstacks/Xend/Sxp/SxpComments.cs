namespace XenMigrate.Toolstacks.Xend.Sxp;

/// <summary>What an S-expression text has besides values: comments, lines and its end.</summary>
internal static class SxpComments
{
    /// <summary>
    /// Where the # of the last line is that holds an element of this name and nothing else, as the example file that
    /// comes with xend has one for each element; null without such a line.
    /// </summary>
    public static int? Find(string text, IReadOnlyList<SxpValue> values, string name)
    {
        string start = "#(" + name;
        int end = End(text, values);
        for (int at = end; at > 0;)
        {
            at = text.LastIndexOf(start, at - 1, StringComparison.Ordinal);
            if (at < 0)
            {
                return null;
            }

            if (BeginsLine(text, at)
                && !values.Any(value => value.Start < at && at < value.End)
                && IsElement(text.Substring(at + 1, LineEnd(text, at) - at - 1), name))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Where what xend reads ends: at a Ctrl-D outside of strings, or where the text does.</summary>
    public static int End(string text, IReadOnlyList<SxpValue> values)
    {
        int last = values.Count == 0 ? 0 : values[values.Count - 1].End;
        int end = text.IndexOf(SxpReader.EndOfText, last);
        return end < 0 ? text.Length : end;
    }

    /// <summary>The whole lines from one place to another, without the last one's end.</summary>
    public static string Lines(string text, int start, int end)
    {
        int first = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        return text.Substring(first, LineEnd(text, Math.Max(start, end)) - first).TrimEnd('\r');
    }

    private static int LineEnd(string text, int at) => text.IndexOf('\n', at) is >= 0 and int end ? end : text.Length;

    private static bool BeginsLine(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at == 0 || text[at - 1] == '\n';
    }

    private static bool IsElement(string line, string name)
    {
        try
        {
            IReadOnlyList<SxpValue> values = SxpReader.Read(line);
            return values.Count == 1 && values[0] is SxpList list && list.Name == name;
        }
        catch (SxpException)
        {
            // Prose that begins as an element does.
            return false;
        }
    }
}
