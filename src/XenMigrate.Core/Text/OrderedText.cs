namespace XenMigrate.Text;

/// <summary>
/// Looks for texts that come one after the other. A line is gone through once, however it is made: a host may write lines
/// that cost a pattern's backtracking hours.
/// </summary>
internal sealed class OrderedText
{
    private readonly string[][] _alternatives;
    private readonly StringComparison _comparison;

    /// <param name="pattern">The texts, with * for whatever stands between two, and | between alternatives.</param>
    /// <param name="comparison">How they are compared.</param>
    public OrderedText(string pattern, StringComparison comparison)
    {
        _alternatives = [.. pattern.Split('|').Select(one => one.Split('*'))];
        _comparison = comparison;
    }

    public bool IsIn(string line) => _alternatives.Any(texts => Has(line, texts));

    private bool Has(string line, string[] texts)
    {
        int from = 0;
        foreach (string text in texts)
        {
            int at = line.IndexOf(text, from, _comparison);
            if (at < 0)
            {
                return false;
            }

            from = at + text.Length;
        }

        return true;
    }
}
