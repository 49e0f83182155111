namespace XenMigrate.Tests.Save;

[Collection(MockXenTests.Name)]
public class ThrottledSaveTests(MockXen xen)
{
    [HelperFact]
    public async Task A_guest_that_never_converges_is_given_less_time_first_and_has_it_back_before_its_pause()
    {
        using MockFolder folder = Throttling("downtime=0,throttle=yes,fallback=offline");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        // Two processors of the three are online, and it was capped before.
        Assert.Equal(
            ["share 7 weight 256 cap 100", "share 7 weight 256 cap 40", "share 7 weight 256 cap 150", "suspend", "cleared up"],
            folder.Notes.Where(note => !note.StartsWith("policy", StringComparison.Ordinal)));
        Assert.Equal((0, 0), libxl.Completed);
    }

    [HelperFact]
    public async Task It_has_it_back_too_when_it_is_given_up()
    {
        using MockFolder folder = Throttling("downtime=0,throttle=yes");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        Assert.Equal((-1, 125), libxl.Completed);
        Assert.Equal("share 7 weight 256 cap 150", folder.Notes.Last(note => note.StartsWith("share", StringComparison.Ordinal)));
    }

    [HelperFact]
    public async Task And_from_the_guard_when_the_helper_is_killed()
    {
        using MockFolder folder = Throttling("downtime=0,throttle=yes").With("MOCK_PAGES", "4").With("MOCK_DIRTY", "1,1,1,1,1,1,2000");

        // Nobody reads: the small rounds fit into the pipes on the way, and the large one stands still.
        using MockLibxl libxl = new(folder);
        _ = await folder.NoteAsync("^share 7 weight 256 cap 100$");

        libxl.Signal((PosixSignal)9);

        _ = await folder.NoteAsync("^shadow-control 7 operation 0$");
        _ = await libxl.EndAsync();
        Assert.Equal("share 7 weight 256 cap 150", folder.Notes.Last(note => note.StartsWith("share", StringComparison.Ordinal)));
    }

    [HelperFact]
    public async Task Under_another_scheduler_nothing_is_throttled_and_a_line_says_so()
    {
        using MockFolder folder = Throttling("downtime=0,throttle=yes").With("MOCK_OTHER_SCHEDULER", "1");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        Assert.Equal((-1, 125), libxl.Completed);
        Assert.DoesNotContain(folder.Notes, note => note.StartsWith("share", StringComparison.Ordinal));
        Assert.Contains(libxl.Logs, log => log.Contains("not credit2", StringComparison.Ordinal));
    }

    private MockFolder Throttling(string options) => new MockFolder(xen).With("XENMIGRATE_PRECOPY", options);
}
