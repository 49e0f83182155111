namespace XenMigrate.Tests;

public class HostsAllowLintTests
{
    [Theory]
    [InlineData("", HostsAllowProblem.Empty)]
    [InlineData(@"^10\.0\.0\.1$  ^10\.0\.0\.2$", HostsAllowProblem.EmptyPattern)]
    [InlineData(@" ^10\.0\.0\.1$", HostsAllowProblem.EmptyPattern)]
    [InlineData(@"^10\.0\.0\.1$ ", HostsAllowProblem.EmptyPattern)]
    [InlineData(@"^10\.0\.0\.1", HostsAllowProblem.OpenEnd)]
    [InlineData(@"^10\.0\.0\.1$|^10\.0\.0\.2", HostsAllowProblem.OpenEnd)]
    [InlineData(@"^10\.0\.0\.1\$", HostsAllowProblem.OpenEnd)]
    [InlineData("^10.0\\.0\\.1$", HostsAllowProblem.LooseDot)]
    [InlineData(".*", HostsAllowProblem.MatchesAnybody)]
    [InlineData("^", HostsAllowProblem.MatchesAnybody)]
    [InlineData("^10\\.0\\.0\\.1$\t^10\\.0\\.0\\.2$", HostsAllowProblem.WrongSeparator)]
    [InlineData(@"^(10\.0\.0\.1$", HostsAllowProblem.InvalidPattern)]
    [InlineData(@"^et-virt08\.example\.com$", HostsAllowProblem.TrustsReverseDns)]
    [InlineData("^localhost$", HostsAllowProblem.TrustsReverseDns)]
    public void Each_mistake_is_found_and_no_other(string value, object expected)
    {
        HostsAllowFinding finding = Assert.Single(HostsAllowLint.Examine(new HostsAllow(value)));

        Assert.Equal(expected, finding.Kind);
        Assert.NotEmpty(finding.Text);
    }

    [Theory]
    [InlineData(@"^10\.0\.0\.1$ ^10\.0\.0\.[0-9]+$")]
    [InlineData(@"10\.0\.0\.1$")]
    [InlineData(@"^(10\.0\.0\.1|10\.0\.0\.2)$")]
    [InlineData(@"(^10\.0\.0\.1$|^10\.0\.0\.2$)")]
    [InlineData(@"^10\.0\.0\.\d+\Z")]
    [InlineData(@"^10\.0\.0\..*$")]
    public void A_careful_value_gives_nothing_to_say(string value) =>
        Assert.Empty(HostsAllowLint.Examine(new HostsAllow(value)));

    [Fact]
    public void A_single_backslash_in_the_file_is_found()
    {
        XendConfiguration configuration = XendConfiguration.Parse(@"(xend-relocation-hosts-allow '^10\.0\.0\.1$')");

        Assert.Contains(
            HostsAllowLint.Examine(configuration.HostsAllow), finding => finding.Kind == HostsAllowProblem.SingleBackslash);
    }

    [Fact]
    public void An_open_end_comes_with_an_example() => Assert.Contains(
        "10.0.0.10", Assert.Single(HostsAllowLint.Examine(new HostsAllow(@"^10\.0\.0\.1"))).Text);
}
