namespace XenMigrate.Tests;

public class LinkProbeTests
{
    [Theory]
    [InlineData("26214400 bytes (26 MB, 25 MiB) copied, 2.00113 s, 13.1 MB/s\n", 13_099_798.6)]
    [InlineData("Warning: Permanently added 'b'\n400+0 records in\n400+0 records out\n131072 bytes (131 kB, 128 KiB) copied, 2 s, 65.5 kB/s", 65_536)]
    public void The_far_end_tells_what_came_in_how_long(string error, double rate) =>
        Assert.Equal(rate, LinkProbe.Rate(new CommandResult(124, "", error))!.Value, precision: 1);

    [Theory]
    [InlineData("")]
    [InlineData("Permission denied (publickey).")]
    [InlineData("0 bytes copied, 2.0 s, 0 B/s")]
    [InlineData("12 bytes copied, 0 s, Infinity B/s")]
    [InlineData("99999999999999999999 bytes copied, 2 s")]
    [InlineData("timeout: failed to run command 'dd': No such file or directory")]
    public void What_tells_nothing_is_no_rate(string error) => Assert.Null(LinkProbe.Rate(new CommandResult(1, "", error)));

    [Fact]
    public void Garbage_is_no_rate_and_no_failure() => Gen.String.Sample(text => _ = LinkProbe.Rate(new CommandResult(0, text, text)));

    [Fact]
    public void It_goes_by_the_ssh_of_a_move() => Assert.Contains("BatchMode=yes", LinkProbe.Command("b").Words);
}
