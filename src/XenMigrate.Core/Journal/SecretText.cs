namespace XenMigrate.Journal;

/// <summary>Text for files that are kept: no password stays in it, and none of it is too long.</summary>
internal static class SecretText
{
    /// <summary>Characters of one text that are kept.</summary>
    public const int Limit = 4000;

    private const string Name = @"(?:passw(?:or)?d|passphrase|secret|token|credential)\w*";

    // A name that says what follows, as an assignment, an option or an S-expression has it; then a word, or something
    // in quotes. A shell's own quoting of a quote ('\'') may stand in between.
    private static readonly Regex s_secret = new(
        $@"(?<name>{Name}[""']?\s*[=:]\s*|(?:--|\()[\w-]*?{Name}\s+)"
            + @"(?:'\\''.*?'\\''|""(?:[^""\\]|\\.)*""?|'[^']*'?|[^\s'"",;)}<]+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>The text without what looks like a secret; its end is cut off if it is long.</summary>
    public static string Of(string text)
    {
        // Cut first: what is left out needs no search. A secret cut in two is hidden as far as it goes.
        string kept = text.Length <= Limit ? text : text.Substring(0, Limit);
        string hidden = s_secret.Replace(kept, match => match.Groups["name"].Value + "***");
        return text.Length <= Limit ? hidden : $"{hidden}… ({text.Length - Limit} characters more)";
    }
}
