using System.Management.Automation;
using XenMigrate.Shell.Progress;

namespace XenMigrate.Shell.Tests.Progress;

public class ProgressLineTests
{
    [Theory]
    [InlineData(0, "──────────")]
    [InlineData(5, "╸─────────")]
    [InlineData(50, "━━━━━─────")]
    [InlineData(100, "━━━━━━━━━━")]
    public void The_bar_shows_the_percentage(int percent, string bar) =>
        Assert.Contains(bar, Format(new ProgressRecord(1, "a", "s") { PercentComplete = percent }), StringComparison.Ordinal);

    [Theory]
    [InlineData(5, "0:05 left")]
    [InlineData(125, "2:05 left")]
    [InlineData(3725, "1:02:05 left")]
    public void The_time_that_remains_is_told(int seconds, string expected) =>
        Assert.Contains(expected, Format(new ProgressRecord(1, "a", "s") { PercentComplete = 1, SecondsRemaining = seconds }), StringComparison.Ordinal);

    [Fact]
    public void Without_a_percentage_there_is_no_bar() =>
        Assert.Equal("Asking  both hosts", Format(new ProgressRecord(1, "Asking", "both hosts")));

    private static string Format(ProgressRecord record) => ProgressLine.Format(record, depth: 0, width: 80, hasColours: false);
}
