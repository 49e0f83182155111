namespace XenMigrate.Remote;

/// <summary>The beginning of a remote text, fit for a message: short, and with every control character made visible.</summary>
internal static class OutputExcerpt
{
    public const int MostCharacters = 1000;

    // "…" and how much follows it.
    private const int NoteLength = 40;

    /// <param name="text">Whatever a host wrote.</param>
    /// <param name="most">The result is not longer, in characters.</param>
    public static string Of(string text, int most = MostCharacters)
    {
        StringBuilder excerpt = new();
        int at = 0;
        int cut = 0;
        int lengthAtCut = 0;
        while (at < text.Length)
        {
            int length = IsPair(text, at) ? 2 : 1;
            excerpt.Append(length == 2 ? text.Substring(at, 2) : PrintableText.Of(text[at]));
            at += length;
            if (excerpt.Length > most)
            {
                excerpt.Length = lengthAtCut;
                return excerpt.AppendFormat(CultureInfo.InvariantCulture, " … ({0} characters more)", text.Length - cut).ToString();
            }

            if (excerpt.Length <= most - NoteLength)
            {
                cut = at;
                lengthAtCut = excerpt.Length;
            }
        }

        return excerpt.ToString();
    }

    private static bool IsPair(string text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}
