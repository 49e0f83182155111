namespace XenMigrate.Tests;

public class LibvirtMigrationTests
{
    private const long Mebibyte = 1024 * 1024;
    private const string Clash = "error: operation failed: domain 'web' already exists with uuid 6b0c1d7e-77aa-4c07-8000-000000000066";

    private static readonly HelperPair s_helpers = new("/h/here", null);
    private static readonly string s_tell = "/h/here --tell 5 abort-live";

    [Fact(Timeout = 20000)]
    public async Task A_live_move_says_what_was_written_and_no_downtime_that_nobody_saw()
    {
        FakeVirshMigrate virsh = new();
        Task<TransferRecord> run = await virsh.StartAsync();

        await virsh.WritesAsync(16 * Mebibyte, 64 * Mebibyte, 300 * Mebibyte);
        virsh.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((0, 300 * Mebibyte, null, null), (record.ExitCode, record.BytesTransferred, record.Downtime, record.Advice));
        Assert.Equal([11, 45, 90], virsh.Progress.Values.Select(progress => progress.Percent!.Value));
        Assert.All(virsh.Progress.Values, progress => Assert.Equal(MigrationStep.CopyingMemory, progress.Step));
    }

    [Fact(Timeout = 20000)]
    public async Task A_daemon_that_has_our_save_helper_tells_of_the_rounds()
    {
        FakeVirshMigrate virsh = new();
        MigrationIteration first = new(0, 24_576, 100 * Mebibyte, TimeSpan.FromSeconds(9), 300, TimeSpan.FromSeconds(0.1), ConvergenceDecision.StopAndCopy, "it fits");
        MigrationIteration last = first with { Number = 1, Pages = 300, Bytes = Mebibyte };
        Task<TransferRecord> run = await virsh.StartAsync();

        await virsh.TellsAsync(
            new PreCopyReport.RoundProgress(0, 12_288, 24_576, 11e6),
            new PreCopyReport.RoundEnded(first),
            new PreCopyReport.GuestSuspended(),
            new PreCopyReport.RoundEnded(last),
            new PreCopyReport.TransferEnded(true, false, null, null, 101 * Mebibyte, "it fits"));
        virsh.Ends(0);
        TransferRecord record = await run;

        Assert.Equal([first, last], record.Iterations);
        Assert.Equal((101 * Mebibyte, "it fits", false), (record.BytesTransferred, record.StopReason, record.WentOffline));
        Assert.Equal(
            [MigrationStep.CopyingMemory, MigrationStep.Suspended, MigrationStep.Starting], virsh.Progress.Values.Select(progress => progress.Step));
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_is_not_moved_live_stands_still_for_all_of_it()
    {
        FakeVirshMigrate virsh = new(live: false);
        Task<TransferRecord> run = await virsh.StartAsync();

        await virsh.WritesAsync(16 * Mebibyte);
        virsh.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((TimeSpan.FromSeconds(0.5), DowntimeBasis.Commands), (record.Downtime!.Value, record.DowntimeBasis));
        Assert.Equal(MigrationStep.Suspended, Assert.Single(virsh.Progress.Values).Step);
    }

    [Theory(Timeout = 20000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_move_that_has_begun_is_not_stopped_and_says_why(bool live)
    {
        using CancellationTokenSource stop = new();
        FakeVirshMigrate virsh = new(live);
        Task<TransferRecord> run = await virsh.StartAsync(stop.Token);
        int commands = virsh.Shell.Commands.Count;

        await stop.CancelAsync();
        virsh.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((false, true, 0), (record.Aborted, record.FinishedDespiteCancellation, record.ExitCode));
        Assert.Contains("can't stop a move", record.Advice, StringComparison.Ordinal);
        Assert.Equal(commands, virsh.Shell.Commands.Count);
    }

    [Fact(Timeout = 20000)]
    public async Task The_daemons_helper_is_told_to_stop_until_it_is_there()
    {
        using CancellationTokenSource stop = new();
        FakeVirshMigrate virsh = new(helpers: s_helpers);
        Queue<int> answers = new([3, 3, 0]);
        virsh.Shell.Does(s_tell, (_, _, _) =>
        {
            if (answers.Count == 1)
            {
                virsh.Ends(1, "error: internal error: Failed to send migration data to destination host");
            }

            return Task.FromResult(new CommandResult(answers.Dequeue(), "", ""));
        });
        Task<TransferRecord> run = await virsh.StartAsync(stop.Token);

        await stop.CancelAsync();
        TransferRecord record = await run;

        Assert.Empty(answers);
        Assert.Equal((true, false, 1), (record.Aborted, record.FinishedDespiteCancellation, record.ExitCode));
        Assert.Null(record.Advice);
        Assert.Contains(virsh.Progress.Values, progress => progress.Step == MigrationStep.Aborting);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_stands_still_by_the_daemons_helper_is_moved_to_the_end()
    {
        using CancellationTokenSource stop = new();
        FakeVirshMigrate virsh = new(helpers: s_helpers);
        Task<TransferRecord> run = await virsh.StartAsync(stop.Token);
        await virsh.TellsAsync(new PreCopyReport.GuestSuspended());

        await stop.CancelAsync();
        virsh.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((false, true, null), (record.Aborted, record.FinishedDespiteCancellation, record.Advice));
        Assert.DoesNotContain(s_tell, virsh.Shell.Commands);
    }

    [Fact(Timeout = 20000)]
    public async Task What_the_daemons_helper_told_last_counts_though_virsh_has_ended()
    {
        FakeVirshMigrate virsh = new(helpers: s_helpers);
        Task<TransferRecord> run = await virsh.StartAsync();

        virsh.Ends(1, "error: internal error: Failed to send migration data to destination host", isWatched: true);
        await virsh.TellsAsync(
            new PreCopyReport.RoundEnded(new MigrationIteration(
                1, 100, 400_000, TimeSpan.FromSeconds(1), 100, TimeSpan.FromSeconds(1), ConvergenceDecision.Abort, "no progress")),
            new PreCopyReport.TransferEnded(false, false, null, null, 400_000, "no progress"));
        virsh.WatchEnds();

        Assert.True((await run).GaveUp);
    }

    [Fact(Timeout = 20000)]
    public async Task But_nobody_waits_for_ever_for_a_helper_that_never_began()
    {
        FakeVirshMigrate virsh = new(helpers: s_helpers);
        Task<TransferRecord> run = await virsh.StartAsync();

        virsh.Ends(1, Clash, isWatched: true);
        await virsh.Timing.LimitedAsync();
        virsh.Timing.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((1, false), ((await run).ExitCode, (await run).GaveUp));
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_before_the_first_command_sends_none()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        FakeVirshMigrate virsh = new();

        TransferRecord record = await new LibvirtMigration(virsh.Request, null).RunAsync(stop.Token);

        Assert.True(record.Aborted);
        Assert.Empty(virsh.Shell.Commands);
    }

    [Fact(Timeout = 20000)]
    public async Task A_lock_that_a_failure_leaves_behind_is_told_of()
    {
        FakeVirshMigrate virsh = new();
        virsh.Shell.Answers("virsh -q -c xen:///system domjobinfo 5", "Job type:         Unbounded   \nOperation:        Unknown     \nTime elapsed:     572          ms\n");
        Task<TransferRecord> run = await virsh.StartAsync();

        virsh.Ends(1, Clash);
        TransferRecord record = await run;

        Assert.Equal([Clash], record.Transcript);
        Assert.Contains("systemctl restart libvirtd", record.Advice, StringComparison.Ordinal);
        Assert.Equal("NameCollision", KnownFailures.In(record.Transcript)?.ErrorId);
    }

    [Fact(Timeout = 20000)]
    public async Task A_failure_that_leaves_no_lock_has_nothing_to_mend()
    {
        FakeVirshMigrate virsh = new();
        Task<TransferRecord> run = await virsh.StartAsync();

        virsh.Ends(1, Clash);

        Assert.Null((await run).Advice);
    }

    [Fact(Timeout = 20000)]
    public async Task A_broken_connection_is_judged_only_after_virsh_has_ended()
    {
        FakeVirshMigrate virsh = new();
        Queue<int> answers = new([0, 0, 1]);
        virsh.Shell.Does($"test -d /proc/{FakeVirshMigrate.Virsh}", (_, _, _) =>
            Task.FromResult(new CommandResult(answers.Dequeue(), "", "")));
        Task<TransferRecord> run = await virsh.StartAsync();
        virsh.Prints($"xenmigrate-process {FakeVirshMigrate.Virsh}");

        virsh.Breaks();
        TransferRecord record = await run;

        Assert.Empty(answers);
        Assert.Null(record.ExitCode);
        Assert.Equal(TimeSpan.FromSeconds(4), virsh.Timing.Elapsed);
        Assert.Contains(record.Transcript, line => line.Contains("reset by peer", StringComparison.Ordinal));
        Assert.DoesNotContain(record.Transcript, line => line.StartsWith("xenmigrate-process", StringComparison.Ordinal));
    }
}
