namespace XenMigrate.Tests;

/// <summary>xl migrate with our save helper in place of its own.</summary>
public class XlHelperMigrationTests
{
    private static readonly HelperPair s_helpers = new("/h/here", "/h/there");
    private static readonly string s_tell = "/h/here --tell 5 abort-live";

    [Fact(Timeout = 20000)]
    public async Task The_rounds_are_the_helpers_and_the_downtime_goes_from_its_mark_to_xls()
    {
        FakeXlMigrate xl = new(s_helpers);
        Task<TransferRecord> run = await xl.StartAsync();

        xl.PrintsItsProcesses();
        xl.Tells(
            new PreCopyReport.RoundProgress(0, 16384, 32768, 10e6),
            Round(0, ConvergenceDecision.Continue, 4.2),
            new PreCopyReport.RoundProgress(1, 100, 800, 10e6),
            Round(1, ConvergenceDecision.StopAndCopy, 0.2));
        xl.Tells(new PreCopyReport.GuestSuspended(TimeSpan.FromSeconds(0.25)));
        xl.Timing.Advance(TimeSpan.FromSeconds(1.5));
        xl.Tells(Round(2, ConvergenceDecision.StopAndCopy, 0), new PreCopyReport.TransferEnded(true, false, null, null, 150_000_000, "it fits"));
        xl.Prints("migration target: Domain started successsfully.", "Migration successful.");
        xl.Ends(0);
        TransferRecord record = await run;

        Assert.Equal([0, 1, 2], record.Iterations.Select(round => round.Number));
        Assert.Equal((1.75, DowntimeBasis.LogMarkers), (record.Downtime!.Value.TotalSeconds, record.DowntimeBasis));
        Assert.Equal(record.Downtime, record.DowntimePart!.Total);
        Assert.Equal((0.25, record.Iterations[^1].Duration), (record.DowntimePart.Suspension.TotalSeconds, record.DowntimePart.LastCopy));
        Assert.Equal((150_000_000L, "it fits", 0), (record.BytesTransferred, record.StopReason, record.ExitCode));
        Assert.Equal((false, false, false), (record.WentOffline, record.GaveUp, record.Aborted));
        Assert.DoesNotContain(record.Transcript, line => line.Contains("xenmigrate", StringComparison.Ordinal));
        Assert.DoesNotContain(xl.Shell.Commands, command => command.StartsWith("nice", StringComparison.Ordinal));
        Assert.Equal("Round 0: 50 % of 32 768 pages, 10 MB/s", xl.Progress.Values[0].Status);
        Assert.Contains("predicted pause 4.2 s", xl.Progress.Values[1].Status, StringComparison.Ordinal);
        Assert.Equal(
            [MigrationStep.CopyingMemory, MigrationStep.CopyingMemory, MigrationStep.Suspended, MigrationStep.Starting, MigrationStep.Finishing],
            xl.Progress.Values.Select(progress => progress.Step));
    }

    [Fact(Timeout = 20000)]
    public async Task A_report_in_the_middle_of_another_line_is_read_and_marks_within_it_are_none()
    {
        FakeXlMigrate xl = new(s_helpers);
        Task<TransferRecord> run = await xl.StartAsync();

        xl.Prints("libxl: debug: " + Round(0, ConvergenceDecision.Continue, 1, "guest has suspended").ToLine());
        xl.Prints("{\"xenmigrate\":\"half");
        xl.Ends(1);
        TransferRecord record = await run;

        Assert.Single(record.Iterations);
        Assert.Null(record.Downtime);
    }

    [Fact(Timeout = 20000)]
    public async Task A_helper_that_gave_up_is_told_from_a_move_that_failed()
    {
        FakeXlMigrate xl = new(s_helpers);
        Task<TransferRecord> run = await xl.StartAsync();

        xl.Tells(Round(4, ConvergenceDecision.Abort, 9), new PreCopyReport.TransferEnded(false, false, null, null, 10, "no progress"));
        xl.Ends(1);

        Assert.Equal((true, "no progress"), ((await run).GaveUp, (await run).StopReason));
    }

    [Fact(Timeout = 20000)]
    public async Task A_pause_that_was_longer_than_its_hard_limit_is_given_up_too()
    {
        FakeXlMigrate xl = new(s_helpers);
        Task<TransferRecord> run = await xl.StartAsync();

        xl.Tells(
            Round(1, ConvergenceDecision.StopAndCopy, 0.2),
            new PreCopyReport.GuestSuspended(),
            new PreCopyReport.TransferEnded(false, false, null, null, 10, PreCopyReport.PauseTooLong));
        xl.Ends(1);

        Assert.True((await run).GaveUp);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_was_paused_longer_went_offline()
    {
        FakeXlMigrate xl = new(s_helpers);
        Task<TransferRecord> run = await xl.StartAsync();

        xl.Tells(Round(4, ConvergenceDecision.GoOffline, 9), new PreCopyReport.TransferEnded(true, true, null, null, 10, "no progress"));
        xl.Ends(0);

        Assert.True((await run).WentOffline);
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_is_told_to_the_helper_and_its_transport_is_left_alone()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new(s_helpers);
        xl.Shell.Does(s_tell, (_, _, _) =>
        {
            xl.Tells(Round(1, ConvergenceDecision.Abort, 1), new PreCopyReport.TransferEnded(false, false, null, null, 10, "told to"));
            xl.Ends(1);
            return Task.FromResult(new CommandResult(0, "", ""));
        });
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();

        await stop.CancelAsync();
        TransferRecord record = await run;

        Assert.Equal((true, false, 0), (record.Aborted, record.GaveUp, xl.Kills));
    }

    [Fact(Timeout = 20000)]
    public async Task A_helper_that_does_not_listen_loses_its_transport()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new(s_helpers);
        xl.Shell.Fails(s_tell, exitCode: 3);
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();

        await stop.CancelAsync();

        Assert.Equal((true, 1), ((await run).Aborted, xl.Kills));
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_stands_still_by_the_helpers_word_is_moved_to_the_end()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new(s_helpers);
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();
        xl.Tells(new PreCopyReport.GuestSuspended());

        await stop.CancelAsync();
        xl.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((false, true, 0), (record.Aborted, record.FinishedDespiteCancellation, xl.Kills));
        Assert.DoesNotContain(s_tell, xl.Shell.Commands);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_stands_still_before_the_helper_hears_has_all_the_time_it_needs()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new(s_helpers);
        TaskCompletionSource<bool> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        xl.Shell.Does(s_tell, (_, _, _) =>
        {
            xl.Tells(new PreCopyReport.GuestSuspended());
            _ = told.TrySetResult(true);
            return Task.FromResult(new CommandResult(0, "", ""));
        });
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();

        await stop.CancelAsync();
        _ = await told.Task;
        await xl.Timing.LimitedAsync();
        xl.Timing.Advance(TimeSpan.FromHours(1));
        xl.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((0, true, 0), (record.ExitCode, record.FinishedDespiteCancellation, xl.Kills));
    }

    [PosixFact]
    public async Task Both_ends_get_their_helper_through_every_shell_on_the_way()
    {
        using TemporaryFolder folder = new();
        // xl as far as it matters: with an empty word after -s, the last word is handed to sh.
        folder.WriteScript("xl", """
            if [ "$1" = migrate-receive ]; then echo "receive $LIBXL_SAVE_HELPER $XENMIGRATE_STREAM"; exit; fi
            echo "send $LIBXL_SAVE_HELPER $XENMIGRATE_PRECOPY $XENMIGRATE_STREAM"
            printf '%s|' "$1" "$2" "$3" "$4"; echo
            unset LIBXL_SAVE_HELPER XENMIGRATE_STREAM
            [ -z "$3" ] && exec sh -c "$5"
            """);
        folder.WriteScript("ssh", """for last do :; done; echo "ssh $$ $(($# - 2))"; exec sh -c "$last" """);
        HelperPair helpers = new("/var/lib/it's here/helper", "/var/lib/$HOME there/helper");

        CommandResult result = await LocalShell.RunAsync(
            XlMigrate.Command(5, "root@et-virt08", helpers, new PreCopyOptions { OfflineFallback = true }), folder.Path);

        string[] lines = result.Output.Split('\n');
        Assert.Equal("send /var/lib/it's here/helper downtime=0.3,fallback=offline framed", lines[0]);
        Assert.Equal("migrate|-s||5|", lines[1]);
        string[] said = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int transport = RemoteProcess.Id(said[0], XlMigrate.TransportMark)!.Value;
        Assert.Equal($"ssh {transport} {XlMigrate.SshWords.Length - 1}", lines[2]);
        Assert.Equal("receive /var/lib/$HOME there/helper framed", lines[3]);
    }

    [Fact]
    public void A_destination_without_helper_is_reached_as_ever()
    {
        string command = XlMigrate.Command(5, "b", new HelperPair("/h/here", null), new PreCopyOptions()).ToString();

        Assert.Contains("env 'LIBXL_SAVE_HELPER=/h/here' 'XENMIGRATE_PRECOPY=downtime=0.3,fallback=abort' xl migrate -s ", command, StringComparison.Ordinal);
        Assert.EndsWith(" 5 b", command, StringComparison.Ordinal);
        Assert.DoesNotContain("framed", command, StringComparison.Ordinal);
    }

    private static PreCopyReport.RoundEnded Round(int number, ConvergenceDecision decision, double predicted, string why = "") => new(
        new MigrationIteration(number, 800, 3_300_000, TimeSpan.FromSeconds(1), 400, TimeSpan.FromSeconds(predicted), decision, why));
}
