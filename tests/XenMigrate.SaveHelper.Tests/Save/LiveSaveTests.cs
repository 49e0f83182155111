namespace XenMigrate.Tests.Save;

[Collection(MockXenTests.Name)]
public class LiveSaveTests(MockXen xen)
{
    [HelperTheory]
    [InlineData(MockXen.Old)]
    [InlineData(MockXen.New)]
    public async Task A_guest_that_converges_is_suspended_and_all_of_it_sent(string version)
    {
        using MockFolder folder = new(xen, version);
        using MockLibxl libxl = new MockLibxl(folder).Read();

        Assert.Equal(0, await libxl.EndAsync());

        Assert.Equal((0, 0), libxl.Completed);
        Assert.Equal([MessageKind.SwitchQemuLogDirty, MessageKind.Suspend, MessageKind.Complete], libxl.Calls);
        Assert.Equal(folder.Written, libxl.Received);
        Assert.Contains("1 111 xc: saving 7 flags 1 type 0 back 8, text 123456789012", libxl.Logs.Select(log => log.Replace(" 0 xc", " 111 xc", StringComparison.Ordinal)));
        Assert.Equal(["policy 0 64: 0", "policy 1 -1: 0", "policy 1 20: 1", "suspend", "cleared up"], folder.Notes);
    }

    [HelperTheory]
    [InlineData(MockXen.Old)]
    [InlineData(MockXen.New)]
    public async Task Each_round_is_told_of_with_its_bytes(string version)
    {
        using MockFolder folder = new(xen, version);
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        Assert.Equal([0, 1, 2], libxl.Rounds.Select(round => round.Number));
        Assert.Equal([64L, 20, 8], libxl.Rounds.Select(round => round.Pages));
        Assert.Equal([20L, 0, 0], libxl.Rounds.Select(round => round.DirtyPages));
        Assert.Equal([24L + (64 * 4096), 24 + (20 * 4096), 24 + (8 * 4096)], libxl.Rounds.Select(round => round.Bytes));
        Assert.All(libxl.Rounds, round => Assert.Equal(ConvergenceDecision.StopAndCopy, round.Decision));
        Assert.Equal((true, false, folder.Written.Length), (libxl.End.Moved, libxl.End.Offline, libxl.End.Bytes));
        Assert.Single(libxl.Reports.OfType<PreCopyReport.GuestSuspended>());
    }

    [HelperFact]
    public async Task Of_a_guest_with_holes_in_its_memory_the_pages_count_that_it_has()
    {
        using MockFolder folder = new MockFolder(xen).With("MOCK_POPULATED", "40");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        Assert.Equal([40L, 20, 8], libxl.Rounds.Select(round => round.Pages));
        Assert.All(libxl.Reports.OfType<PreCopyReport.RoundProgress>(), progress => Assert.InRange(progress.PagesInRound, 0, 40));
    }

    [HelperFact]
    public async Task A_guest_that_never_converges_is_given_up_and_was_never_suspended()
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_PRECOPY", "downtime=0,fallback=abort");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        Assert.Equal(0, await libxl.EndAsync());

        Assert.Equal((-1, 125), libxl.Completed);
        Assert.DoesNotContain(MessageKind.Suspend, libxl.Calls);
        Assert.Contains(libxl.Logs, log => log.StartsWith("8 125 xenmigrate:", StringComparison.Ordinal) && log.Contains("does not converge", StringComparison.Ordinal));
        Assert.Equal(ConvergenceDecision.Abort, libxl.Rounds[^1].Decision);
        Assert.False(libxl.End.Moved);
        Assert.Contains("cleared up", folder.Notes);
    }

    [HelperFact]
    public async Task Or_it_is_finished_offline_if_that_was_asked_for()
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_PRECOPY", "downtime=0,fallback=offline");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        Assert.Equal((0, 0), libxl.Completed);
        Assert.Equal((true, true), (libxl.End.Moved, libxl.End.Offline));
        Assert.Equal(ConvergenceDecision.GoOffline, libxl.Rounds[^1].Decision);
        Assert.Equal(folder.Written, libxl.Received);
    }

    [HelperFact]
    public async Task Somewhat_less_to_send_by_chance_is_no_progress()
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_PRECOPY", "downtime=0,fallback=abort")
            .With("MOCK_PAGES", "640").With("MOCK_DIRTY", "60,52,60");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        Assert.Equal([60L, 52, 60, 60, 60], libxl.Rounds.Select(round => round.DirtyPages));
    }

    [HelperFact]
    public async Task A_pause_that_takes_longer_than_allowed_is_taken_back()
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_PRECOPY", "downtime=0.2,enforce=yes,fallback=offline,timelimit=0")
            .With("MOCK_PAGES", "4").With("MOCK_DIRTY", "2").With("MOCK_LAST", "2000");
        using MockLibxl libxl = new(folder);

        Assert.Equal(0, await libxl.EndAsync());

        Assert.Equal((-1, 62), libxl.Completed);
        Assert.Contains(MessageKind.Suspend, libxl.Calls);
        Assert.False(libxl.End.Moved);
    }

    [HelperFact]
    public async Task A_cap_holds_while_the_guest_runs_and_longer_if_asked()
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_PRECOPY", "bandwidth=1000000,keeplimit=yes").With("MOCK_PAGES", "256");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        // Over a megabyte, of which the last chunk, of a quarter at most, need not be waited for.
        Assert.InRange(libxl.Rounds.Sum(round => round.Duration.TotalSeconds), 0.7, 20);
    }

    [HelperFact]
    public async Task Under_a_daemon_the_options_come_from_a_file()
    {
        using MockFolder folder = new(xen);
        _ = System.IO.Directory.CreateDirectory(folder.RunFolder + "/domain-7");
        System.IO.File.WriteAllText(folder.RunFolder + "/domain-7/options", "downtime=0,fallback=offline,compression=zeros\nframed\n");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        _ = await libxl.EndAsync();

        Assert.True(libxl.End is { Moved: true, Offline: true });
        Assert.Equal(folder.Written, Streams.Unframe(libxl.Received));
    }

    [HelperFact]
    public async Task LiveOptionsthat_are_not_understood_are_refused()
    {
        using MockFolder folder = new MockFolder(xen).With("XENMIGRATE_PRECOPY", "downtime=soon");
        using MockLibxl libxl = new MockLibxl(folder).Read();

        Assert.Equal(0, await libxl.EndAsync());

        Assert.Equal((-1, 22), libxl.Completed);
        Assert.Empty(folder.Notes);
    }
}
