using System.Text.RegularExpressions;

namespace XenMigrate.Ssh.Tests;

public class HostPatternsTests
{
    [Fact]
    public void A_pattern_matches_what_the_same_regular_expression_does() =>
        Gen.Select(Gen.String[Gen.Char["ab.*?"], 0, 10], Gen.String[Gen.Char["ab."], 0, 12]).Sample((pattern, name) =>
        {
            string expression = "^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + "\\z";
            Assert.Equal(Regex.IsMatch(name, expression), HostPatterns.MatchOne(pattern, name));
        });

    [Fact]
    public void A_negated_pattern_takes_away_and_alone_gives_nothing()
    {
        Assert.True(HostPatterns.Match(["xen*", "!xen9"], "xen1"));
        Assert.False(HostPatterns.Match(["xen*", "!xen9"], "xen9"));
        Assert.False(HostPatterns.Match(["!xen9"], "xen1"));
    }

    [Fact]
    public void Many_stars_take_no_time() =>
        Assert.False(HostPatterns.MatchOne("*a*a*a*a*a*a*a*a*a*a*b", new string('a', 2000)));
}
