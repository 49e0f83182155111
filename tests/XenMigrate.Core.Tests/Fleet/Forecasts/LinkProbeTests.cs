namespace XenMigrate.Tests;

public class LinkProbeTests
{
    [Theory]
    [InlineData("xenmigrate-link 26214400 1796061393.25 1796061395.25\n", 13_107_200)]
    [InlineData("a banner\nxenmigrate-link 327680 1796061393.426798725 1796061396.113696815", 121_955.0)]
    public void The_far_end_tells_what_came_in_how_long(string output, double rate) =>
        Assert.Equal(rate, LinkProbe.Rate(new CommandResult(0, output, ""))!.Value, rate * 1e-4);

    [Theory]
    [InlineData("")]
    [InlineData("xenmigrate-link")]
    [InlineData("xenmigrate-link 0 1796061393.25 1796061395.25")]
    [InlineData("xenmigrate-link 12 1796061395.25 1796061395.25")]
    [InlineData("xenmigrate-link 12 1796061395.25 1796061393.25")]
    [InlineData("xenmigrate-link -5 1 2")]
    [InlineData("xenmigrate-link 1e9 1 2")]
    [InlineData("xenmigrate-link 12 %s.%N %s.%N")]
    [InlineData("Permission denied (publickey).")]
    public void What_tells_nothing_is_no_rate(string output) => Assert.Null(LinkProbe.Rate(new CommandResult(1, output, output)));

    [Fact]
    public void Garbage_is_no_rate_and_no_failure() => Gen.String.Sample(text => _ = LinkProbe.Rate(new CommandResult(0, LinkProbe.Mark + text, text)));

    [Fact]
    public void It_goes_by_the_ssh_of_a_move() => Assert.Contains("BatchMode=yes", LinkProbe.Command("b").Words);

    [PosixFact]
    public async Task What_the_far_end_runs_counts_real_bytes()
    {
        // In place of ssh, a program that runs its last word here, as the far end's login shell would.
        IReadOnlyList<string> words = LinkProbe.Command("b").Words;
        CommandResult result = await LocalShell.RunAsync(RemoteCommand.Script("""exec "$@" </dev/zero""", "sh", "-c", words[^1]));

        Assert.True(LinkProbe.Rate(result) > 1e6, result.Output + result.Error);
    }
}
