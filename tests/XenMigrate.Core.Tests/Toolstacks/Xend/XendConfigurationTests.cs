namespace XenMigrate.Tests;

public class XendConfigurationTests
{
    [Fact]
    public void An_empty_file_gives_xends_own_defaults()
    {
        XendConfiguration configuration = XendConfiguration.Parse("# nothing\n");

        Assert.False(configuration.RelocationServer);
        Assert.Equal(8002, configuration.RelocationPort);
        Assert.Equal("", configuration.RelocationAddress);
        Assert.True(configuration.HostsAllow.AdmitsEverybody);
        Assert.Equal(8003, configuration.RelocationSslPort);
        Assert.False(configuration.RelocationSsl);
        Assert.Equal(0, configuration.Dom0MinimumMemoryMB);
    }

    [Fact]
    public void What_the_chapter_writes_is_read()
    {
        XendConfiguration configuration = XendConfiguration.Parse(
            """
            # -*- sh -*-
            (xend-unix-server yes)
            (xend-relocation-server yes)
            (xend-relocation-port 8002)
            (xend-relocation-address '')
            (xend-relocation-hosts-allow '^localhost$ ^et-virt08\\.example\\.com$')
            (network-script network-bridge)
            (vif-script vif-bridge)
            (dom0-min-mem 256)
            """);

        Assert.True(configuration.RelocationServer);
        Assert.Equal(["^localhost$", @"^et-virt08\.example\.com$"], configuration.HostsAllow.Patterns.Select(pattern => pattern.Text));
        Assert.Equal(256, configuration.Dom0MinimumMemoryMB);
        Assert.Equal(("network-bridge", "vif-bridge"), (configuration.NetworkScript, configuration.VifScript));
    }

    [Fact]
    public void The_first_occurrence_wins() => Assert.Equal(
        9002, XendConfiguration.Parse("(xend-relocation-port 9002) (xend-relocation-port 8002)").RelocationPort);

    [Theory]
    [InlineData("YES", true)]
    [InlineData("y", true)]
    [InlineData("1", true)]
    [InlineData("On", true)]
    [InlineData("true", true)]
    [InlineData("t", true)]
    [InlineData("no", false)]
    [InlineData("N", false)]
    [InlineData("0", false)]
    [InlineData("off", false)]
    [InlineData("False", false)]
    [InlineData("f", false)]
    public void Yes_and_no_have_many_words(string word, bool expected) =>
        Assert.Equal(expected, XendConfiguration.Parse($"(xend-relocation-server {word})").RelocationServer);

    [Fact]
    public void An_element_without_a_value_has_its_default() =>
        Assert.False(XendConfiguration.Parse("(xend-relocation-server)").RelocationServer);

    [Theory]
    [InlineData("(xend-relocation-server maybe)", "xend-relocation-server is maybe")]
    [InlineData("(xend-relocation-server '')", "xend-relocation-server is ''")]
    [InlineData("(xend-relocation-port all)", "xend-relocation-port is all")]
    [InlineData("(xend-relocation-port 80020)", "xend-relocation-port is 80020")]
    [InlineData("(xend-relocation-address (1 2))", "(1 2)")]
    [InlineData("(xend-relocation-server yes", "unexpected EOF")]
    public void What_xend_would_not_start_with_is_refused(string text, string reason)
    {
        ConfigurationInvalidException e = Assert.Throws<ConfigurationInvalidException>(() => XendConfiguration.Parse(text));

        Assert.Contains(reason, e.Message);
        Assert.Equal("/etc/xen/xend-config.sxp", e.Path);
    }

    [Theory]
    [InlineData("(xend-relocation-port nine)", "xend starts, and fails when it needs it")]
    [InlineData("(dom0-min-mem much)", "xend starts, and fails when it needs it")]
    [InlineData("(xend-relocation-ssl perhaps)", "xend starts, and fails when it needs it")]
    [InlineData("(xend-relocation-server perhaps)", "xend does not start")]
    public void A_value_that_xend_can_not_read_hurts_when_it_is_read(string text, string what) =>
        Assert.Contains(what, Assert.Throws<ConfigurationInvalidException>(() => XendConfiguration.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("(xend-relocation-hosts-allow 9*x+!**)", true)]
    [InlineData("(xend-relocation-hosts-allow '^a!$')", false)]
    [InlineData("(xend-relocation-hosts-allow ^a$)", false)]
    public void A_bare_word_with_an_exclamation_mark_is_told_of(string text, bool told) => Assert.Equal(
        told,
        HostsAllowLint.Examine(XendConfiguration.Parse(text).HostsAllow).Any(finding => finding.Kind == HostsAllowProblem.EndsEarly));
}
