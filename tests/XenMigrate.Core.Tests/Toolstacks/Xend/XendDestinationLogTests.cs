namespace XenMigrate.Tests;

public class XendDestinationLogTests
{
    [PosixFact]
    public async Task What_was_noted_since_the_move_began_is_read_with_the_lines_that_have_no_time()
    {
        using TemporaryFolder folder = new();
        string recent = Line(-10, "new");
        string log = folder.Write("xend.log", string.Join('\n', Line(-3600, "old"), "OldError: of an hour ago", recent, "VmError: of this move", ""));

        CommandResult result = await LocalShell.RunAsync(XendDestinationLog.Command(TimeSpan.FromSeconds(30), log));

        Assert.Equal([recent, "VmError: of this move"], XendDestinationLog.Parse(result.Output));
    }

    [PosixFact]
    public async Task A_host_without_the_log_says_nothing() =>
        Assert.Empty(XendDestinationLog.Parse((await LocalShell.RunAsync(XendDestinationLog.Command(TimeSpan.Zero, "/nonexistent"))).Output));

    [Fact]
    public void What_tells_no_failure_is_left_out() => Assert.Equal(
        ["[2026-11-23 04:10:06 3445] ERROR (XendCheckpoint:357) Device 0 (vif) could not be connected. Could not find bridge device xenbr2",
            "VmError: Device 0 (vif) could not be connected. Could not find bridge device xenbr2"],
        XendDestinationLog.Parse(Fixture.Text("xend-log-guest-gone.txt")));

    // xend writes the host's local time.
    private static string Line(int seconds, string text) =>
        DateTime.Now.AddSeconds(seconds).ToString("'['yyyy-MM-dd HH:mm:ss' 3445] ERROR '", CultureInfo.InvariantCulture) + text;
}
