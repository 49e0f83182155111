namespace XenMigrate.Tests.Save;

/// <summary>Nobody reads the stream here, so a save stands still where a test wants to end it.</summary>
[Collection(MockXenTests.Name)]
public class EndedSaveTests(MockXen xen)
{
    private const int Kill = 9;

    [HelperTheory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGHUP)]
    public async Task A_signal_ends_a_live_round_at_once_and_xen_clears_up(PosixSignal signal)
    {
        using MockFolder folder = InLiveRound();
        using MockLibxl libxl = new(folder);
        await libxl.RoundBegan;

        libxl.Signal(signal);

        Assert.Equal(0, await libxl.EndAsync());
        Assert.Equal((-1, 125), libxl.Completed);
        Assert.Contains("cleared up", folder.Notes);
        Assert.DoesNotContain(folder.Notes, note => note.StartsWith("shadow", StringComparison.Ordinal));
    }

    [HelperTheory]
    [InlineData("abort")]
    [InlineData("abort-live")]
    public async Task Who_tells_it_to_stop_ends_a_live_round_at_once(string word)
    {
        using MockFolder folder = InLiveRound();
        using MockLibxl libxl = new(folder);
        await libxl.RoundBegan;

        Assert.Equal(0, folder.Ask("--tell", "7", word).Status);

        Assert.Equal(0, await libxl.EndAsync());
        Assert.Equal((-1, 125), libxl.Completed);
        Assert.Equal("it was told to stop", libxl.End.Reason);
        Assert.Equal(3, folder.Ask("--tell", "7", word).Status);
    }

    [HelperFact]
    public async Task And_the_last_pass_too()
    {
        using MockFolder folder = InLastPass();
        using MockLibxl libxl = new(folder);
        await libxl.LastPassBegan;

        _ = folder.Ask("--tell", "7", "abort");

        Assert.Equal(0, await libxl.EndAsync());
        Assert.Equal((-1, 125), libxl.Completed);
        Assert.Contains(MessageKind.Suspend, libxl.Calls);
        Assert.Contains("cleared up", folder.Notes);
    }

    [HelperFact]
    public async Task Unless_it_was_to_stop_only_if_the_guest_ran()
    {
        using MockFolder folder = InLastPass();
        using MockLibxl libxl = new(folder);
        await libxl.LastPassBegan;

        Assert.Equal(0, folder.Ask("--tell", "7", "abort-live").Status);
        _ = libxl.Read();

        Assert.Equal(0, await libxl.EndAsync());
        Assert.Equal((0, 0), libxl.Completed);
        Assert.Equal(folder.Written, libxl.Received);
    }

    [HelperFact]
    public async Task Told_to_finish_offline_it_pauses_the_guest_after_the_round_under_way()
    {
        using MockFolder folder = InLiveRound().With("XENMIGRATE_PRECOPY", "downtime=0");
        using MockLibxl libxl = new(folder);
        await libxl.RoundBegan;

        Assert.Equal(0, folder.Ask("--tell", "7", "offline").Status);
        _ = libxl.Read();

        Assert.Equal(0, await libxl.EndAsync());
        Assert.Equal((0, 0), libxl.Completed);
        Assert.True(libxl.End is { Moved: true, Offline: true });
        Assert.EndsWith(" -1: 1", folder.Notes.Last(note => note.StartsWith("policy", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(folder.Written, libxl.Received);
    }

    [HelperFact]
    public async Task The_end_of_libxl_ends_it()
    {
        using MockFolder folder = InLiveRound();
        using MockLibxl libxl = new(folder);
        await libxl.RoundBegan;

        libxl.Leave();

        _ = await libxl.EndAsync();
        Assert.Contains("cleared up", folder.Notes);
    }

    [HelperFact]
    public async Task A_broken_transport_ends_it_with_the_error_it_was()
    {
        using MockFolder folder = InLiveRound();
        using MockLibxl libxl = new(folder);
        await libxl.RoundBegan;

        libxl.BreakStream();

        Assert.Equal(0, await libxl.EndAsync());
        Assert.Equal((-1, 32), libxl.Completed);
        Assert.Contains("cleared up", folder.Notes);
    }

    [HelperFact]
    public async Task Killed_it_leaves_a_guard_that_clears_up()
    {
        using MockFolder folder = InLiveRound();
        using MockLibxl libxl = new(folder);
        await libxl.RoundBegan;

        libxl.Signal((PosixSignal)Kill);

        Assert.Equal(128 + Kill, await libxl.EndAsync());
        _ = await folder.NoteAsync("^shadow-control 7 operation 0$");
        Assert.DoesNotContain("cleared up", folder.Notes);
    }

    [HelperFact]
    public async Task Who_follows_sees_it_from_its_first_line_to_its_end()
    {
        using MockFolder folder = new(xen);
        using MockLibxl libxl = new MockLibxl(folder).Read();
        await libxl.RoundBegan;

        (int status, string output) = folder.Ask("--follow", "7");

        _ = await libxl.EndAsync();
        Assert.Equal(0, status);
        Assert.Equal(libxl.Errors, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((0, output), folder.Ask("--follow", "7"));
        Assert.Equal(3, folder.Ask("--follow", "8").Status);
    }

    // More than all pipes on the way hold.
    private MockFolder InLiveRound() => new MockFolder(xen).With("MOCK_PAGES", "2000");

    private MockFolder InLastPass() => new MockFolder(xen).With("MOCK_PAGES", "4").With("MOCK_DIRTY", "2").With("MOCK_LAST", "2000");
}
