namespace XenMigrate.Text;

/// <summary>A pattern for what a host wrote, whose cost grows no faster than the text, however that is made.</summary>
internal sealed class LinePattern(string pattern, RegexOptions options = RegexOptions.None)
{
#if NET
    private readonly Regex _regex = new(pattern, options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public Match Match(string text) => _regex.Match(text);
#else
    // There the engine goes back, so it gets nothing long: no line that means something is.
    private const int Longest = 4096;

    private readonly Regex _regex = new(pattern, options | RegexOptions.CultureInvariant);

    public Match Match(string text) => text.Length <= Longest ? _regex.Match(text) : System.Text.RegularExpressions.Match.Empty;
#endif
}
