namespace XenMigrate.Tests;

public class PythonPatternCorpusTests
{
    /// <summary>Each line is what Python made of a pattern, a tab, and the pattern: refused, or whether it matches "ab1" from its beginning.</summary>
    [Theory, Corpus("python-pattern")]
    public void A_pattern_is_taken_as_python_takes_it(CorpusCase given)
    {
        string[] lines = given.Input.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.Equal([], lines.Where(line => line.Split('\t', 2) is not [string right, string text] || Told(new HostsAllowPattern(text)) != right));
    }

    private static string Told(HostsAllowPattern pattern) =>
        pattern.Problem is not null ? "refused" : pattern.Matches("ab1") ? "matches" : "fails";
}
