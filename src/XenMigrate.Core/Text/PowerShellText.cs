namespace XenMigrate.Text;

/// <summary>Words for advice that a user may paste into PowerShell.</summary>
internal static class PowerShellText
{
    // PowerShell takes the curly ones for the straight one, and two of any for one.
    private const string Quotes = "'\u2018\u2019\u201A\u201B";

    /// <summary>A word, which is text and nothing else to PowerShell, and to the terminal on the way there.</summary>
    public static string Quote(string word)
    {
        StringBuilder quoted = new("'", word.Length + 2);
        foreach (char c in PrintableText.Line(word))
        {
            _ = Quotes.IndexOf(c) < 0 ? quoted.Append(c) : quoted.Append(c, 2);
        }

        return quoted.Append('\'').ToString();
    }
}
