namespace XenMigrate.Tests;

public class XendMigrationTests
{
    private static readonly PreCopyOptions s_wishes = new() { MaximumDowntime = TimeSpan.FromSeconds(0.3) };

    [Fact(Timeout = 20000)]
    public async Task A_transfer_that_reports_is_known_round_by_round()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        Task<TransferRecord> run = await xm.StartAsync();

        xm.Tells(
            new PreCopyReport.RoundProgress(0, 32768, 65536, 812e6),
            new PreCopyReport.RoundEnded(Round(0, 65536, 0.4, ConvergenceDecision.Continue)),
            new PreCopyReport.RoundProgress(1, 5076, 12380, 812e6),
            new PreCopyReport.RoundEnded(Round(1, 12380, 0.05, ConvergenceDecision.StopAndCopy)),
            new PreCopyReport.GuestSuspended(),
            new PreCopyReport.RoundEnded(Round(2, 900, 0, ConvergenceDecision.StopAndCopy)),
            new PreCopyReport.TransferEnded(true, false, TimeSpan.FromSeconds(0.04), TimeSpan.FromSeconds(0.05), 300_000_000, "the rest fitted"));
        xm.Ends(0);
        TransferRecord record = await run;

        Assert.Equal(
            "env 'XENMIGRATE_PRECOPY=downtime=0.3,fallback=abort' xm migrate --live 5 b", Assert.Single(xm.Shell.Commands));
        Assert.Equal((0, TimeSpan.FromSeconds(0.04), DowntimeBasis.Transfer), (record.ExitCode, record.Downtime, record.DowntimeBasis));
        Assert.Equal((TimeSpan.FromSeconds(0.05), 300_000_000L, "the rest fitted"), (record.HeartbeatGap, record.BytesTransferred, record.StopReason));
        Assert.Equal([0, 1, 2], record.Iterations.Select(round => round.Number));
        Assert.False(record.GaveUp || record.WentOffline || record.Aborted);
        Assert.Empty(record.Transcript);
        Assert.Contains(xm.Progress.Values, progress =>
            progress.Status == "Round 1: 41 % of 12 380 pages, 812 MB/s, predicted pause 0.4 s" && progress.Step == MigrationStep.CopyingMemory);
        Assert.Contains(xm.Progress.Values, progress => progress.Step == MigrationStep.Suspended);
    }

    [Fact(Timeout = 20000)]
    public async Task A_transfer_that_gives_up_says_why()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        Task<TransferRecord> run = await xm.StartAsync();

        xm.Tells(
            new PreCopyReport.RoundEnded(Round(0, 65536, 4.2, ConvergenceDecision.Abort)),
            new PreCopyReport.TransferEnded(false, false, null, null, 1000, "5 rounds without progress"));
        xm.Ends(1, "Error: the guest does not converge");
        TransferRecord record = await run;

        Assert.True(record.GaveUp);
        Assert.Equal(("5 rounds without progress", null), (record.StopReason, record.Downtime));
        Assert.Equal(["Error: the guest does not converge"], record.Transcript);
    }

    [Fact(Timeout = 20000)]
    public async Task A_transfer_that_finishes_with_the_guest_paused_went_offline()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes with { OfflineFallback = true });
        Task<TransferRecord> run = await xm.StartAsync();

        xm.Tells(
            new PreCopyReport.RoundEnded(Round(0, 65536, 4.2, ConvergenceDecision.GoOffline)),
            new PreCopyReport.GuestSuspended(),
            new PreCopyReport.TransferEnded(true, true, TimeSpan.FromSeconds(4), null, 1000, "no progress"));
        xm.Ends(0);

        TransferRecord record = await run;
        Assert.True(record.WentOffline);
        Assert.Equal(TimeSpan.FromSeconds(4), record.Downtime);
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_ends_the_sending_process_and_nothing_else()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        using CancellationTokenSource stop = new();
        Task<TransferRecord> run = await xm.StartAsync(stop.Token);

        await stop.CancelAsync();
        TransferRecord record = await run;

        Assert.Contains("pkill -TERM -f 'xc_save [0-9]+ 5 '", xm.Shell.Commands);
        Assert.True(record.Aborted);
        Assert.Equal((1, false), (record.ExitCode, record.FinishedDespiteCancellation));
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_is_made_again_until_there_is_something_to_end()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        int tries = 0;
        xm.Shell.Does("pkill*", (_, _, _) =>
        {
            tries++;
            if (tries == 3)
            {
                xm.Ends(1);
            }

            return Task.FromResult(new CommandResult(tries == 3 ? 0 : 1, "", ""));
        });
        using CancellationTokenSource stop = new();
        Task<TransferRecord> run = await xm.StartAsync(stop.Token);

        await stop.CancelAsync();

        Assert.True((await run).Aborted);
        Assert.Equal(3, tries);
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_that_comes_too_late_lets_the_move_finish()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        using CancellationTokenSource stop = new();
        Task<TransferRecord> run = await xm.StartAsync(stop.Token);

        xm.Tells(new PreCopyReport.GuestSuspended());
        await stop.CancelAsync();
        xm.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((0, 0), (xm.Kills, record.ExitCode));
        Assert.Equal((false, true), (record.Aborted, record.FinishedDespiteCancellation));
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_that_is_overtaken_by_the_suspension_lets_the_move_finish()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        xm.Shell.Does("pkill*", (_, _, _) =>
        {
            xm.Tells(new PreCopyReport.GuestSuspended());
            xm.Ends(0);
            return Task.FromResult(new CommandResult(0, "", ""));
        });
        using CancellationTokenSource stop = new();
        Task<TransferRecord> run = await xm.StartAsync(stop.Token);

        await stop.CancelAsync();
        TransferRecord record = await run;

        // Which of the two it was, the hosts tell.
        Assert.Equal((true, true), (record.Aborted, record.FinishedDespiteCancellation));
    }

    [Fact(Timeout = 20000)]
    public async Task An_xm_that_hangs_after_its_transfer_was_ended_is_ended_too()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        xm.Shell.Answers("pkill*", "");
        using CancellationTokenSource stop = new();
        Task<TransferRecord> run = await xm.StartAsync(stop.Token);

        await stop.CancelAsync();
        while (!run.IsCompleted)
        {
            xm.Timing.Advance(TimeSpan.FromMinutes(3));
            await Task.Yield();
        }

        TransferRecord record = await run;
        Assert.Null(record.ExitCode);
        Assert.Contains(record.Transcript, line => line.Contains("did not end within 120 s", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_broken_connection_is_waited_for_until_xend_is_done()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        string under = "Name                                      ID Mem(MiB) VCPUs State   Time(s)\nmigrating-web                              5      128     1 -b----      1.0\n";
        xm.Shell.AnswersInTurn("xm list", under, under, under.Replace("migrating-web", "web          "));
        Task<TransferRecord> run = await xm.StartAsync();

        xm.Breaks();
        TransferRecord record = await run;

        Assert.Null(record.ExitCode);
        // Once more than it takes: what xend has not begun by then, it may begin a moment later.
        Assert.Equal(4, xm.Shell.Commands.Count(command => command == "xm list"));
        Assert.Contains(record.Transcript, line => line.Contains("reset by peer", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_broken_connection_is_not_waited_for_because_of_a_guest_whose_name_begins_alike()
    {
        FakeXmMigrate xm = new(preCopy: s_wishes);
        xm.Shell.Answers("xm list", "Name                                      ID Mem(MiB) VCPUs State   Time(s)\nmigrating-web2                             7      128     1 -b----      1.0\n");
        Task<TransferRecord> run = await xm.StartAsync();

        xm.Breaks();
        _ = await run;

        Assert.Equal(2, xm.Shell.Commands.Count(command => command == "xm list"));
    }

    [Fact(Timeout = 20000)]
    public async Task Without_reports_the_log_is_watched()
    {
        FakeXmMigrate xm = new();
        Task<TransferRecord> run = await xm.StartAsync();

        await xm.LogsAsync(
            "INFO (XendCheckpoint:351) Saving memory pages: iter 1  50%",
            "INFO (XendCheckpoint:351) 1: sent 65536, skipped 0, delta 2000ms, dom0 25%, target 1%, sent 800Mb/s, dirtied 2Mb/s 5000 pages",
            "INFO (XendCheckpoint:351) 2: sent 5000, skipped 0, delta 200ms, dom0 25%, target 1%, sent 800Mb/s, dirtied 2Mb/s 40 pages",
            "DEBUG (XendCheckpoint:105) Suspending 5 ...");
        xm.Ends(0);
        TransferRecord record = await run;

        Assert.Contains("xm migrate --live 5 b", xm.Shell.Commands);
        Assert.Equal([0, 1], record.Iterations.Select(round => round.Number));
        Assert.Equal(220_000_000, record.BytesTransferred);
        Assert.Null(record.Downtime);
        Assert.Contains(xm.Progress.Values, progress => progress is { Status: "Round 1: 50 %", Percent: 40 });
    }

    [Fact(Timeout = 20000)]
    public async Task A_log_that_can_not_be_read_disturbs_nothing()
    {
        FakeXmMigrate xm = new();
        xm.Shell.Throws("tail*", new HostDisconnectedException("a", "no more sessions"));
        Task<TransferRecord> run = await xm.StartAsync();

        xm.Ends(0);

        Assert.Equal(0, (await run).ExitCode);
    }

    [Fact(Timeout = 20000)]
    public async Task Without_live_xend_moves_it_standing_still()
    {
        FakeXmMigrate xm = new(live: false);
        using CancellationTokenSource stop = new();
        Task<TransferRecord> run = await xm.StartAsync(stop.Token);

        xm.Timing.Advance(TimeSpan.FromSeconds(7));
        await stop.CancelAsync();
        xm.Ends(0);
        TransferRecord record = await run;

        Assert.Equal("xm migrate 5 b", Assert.Single(xm.Shell.Commands));
        Assert.Equal((TimeSpan.FromSeconds(7), DowntimeBasis.Commands), (record.Downtime, record.DowntimeBasis));
        Assert.True(record.FinishedDespiteCancellation);
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_before_the_beginning_touches_nothing()
    {
        FakeXmMigrate xm = new();

        TransferRecord record = await new XendMigration(xm.Request, null).RunAsync(new CancellationToken(canceled: true));

        Assert.True(record.Aborted);
        Assert.Empty(xm.Shell.Commands);
    }

    private static MigrationIteration Round(int number, long pages, double predicted, ConvergenceDecision decision) => new(
        number, pages, pages * 4096, TimeSpan.FromSeconds(1), pages / 2, TimeSpan.FromSeconds(predicted), decision, "");
}
