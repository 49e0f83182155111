namespace XenMigrate.Tests;

public class XendLogLineTests
{
    [Fact]
    public void Statistics_tell_of_a_round()
    {
        MigrationIteration? round = XendLogLine.Round(
            "[2007-01-12 02:26:45 xend 3252] INFO (XendCheckpoint:351)  1: sent 65536, skipped 0, delta 2000ms, dom0 25%, target 1%, sent 800Mb/s, dirtied 2Mb/s 5000 pages",
            3);

        Assert.Equal((3, 200_000_000L, 5000L), (round!.Number, round.Bytes, round.DirtyPages));
        Assert.Equal(TimeSpan.FromSeconds(2), round.Duration);
        Assert.Equal(0.2048, round.PredictedDowntime.TotalSeconds, precision: 4);
    }

    [Theory]
    [InlineData("delta 99999999999ms, dom0 25%, target 1%, sent 800Mb/s, dirtied 2Mb/s 5000 pages")]
    [InlineData("nothing of it")]
    public void Other_lines_tell_of_none(string line) => Assert.Null(XendLogLine.Round(line, 0));

    [Fact]
    public void A_round_that_sends_nothing_predicts_nothing() => Assert.Equal(
        TimeSpan.Zero, XendLogLine.Round("delta 0ms, dom0 0%, target 0%, sent 0Mb/s, dirtied 0Mb/s 5 pages", 0)!.PredictedDowntime);

    [Theory]
    [InlineData("INFO (XendCheckpoint:351) Saving memory pages: iter 2  41%", 2, 41)]
    [InlineData("Saving memory pages: iter 1   0%", 1, 0)]
    public void Progress_is_read(string line, int round, int percent) => Assert.Equal((round, percent), XendLogLine.Progress(line));

    [Theory]
    [InlineData("DEBUG (XendCheckpoint:103) In saveInputHandler suspend", true)]
    [InlineData("DEBUG (XendCheckpoint:105) Suspending 5 ...", true)]
    [InlineData("INFO (XendCheckpoint:121) Domain 5 suspended.", true)]
    [InlineData("INFO (XendCheckpoint:121) Domain 51 suspended.", false)]
    [InlineData("DEBUG (XendCheckpoint:105) Suspending 6 ...", false)]
    public void The_suspension_of_our_guest_is_seen(string line, bool expected) => Assert.Equal(expected, XendLogLine.IsSuspending(line, 5));
}
