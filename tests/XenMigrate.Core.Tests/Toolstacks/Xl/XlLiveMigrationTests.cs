namespace XenMigrate.Tests;

public class XlLiveMigrationTests
{
    [Fact(Timeout = 20000)]
    public async Task An_xl_that_hangs_after_its_transport_was_ended_is_ended_too()
    {
        FakeXlMigrate xl = new();
        xl.Shell.Answers("sh -c 'read -r name*", "");
        using CancellationTokenSource stop = new();
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();

        await stop.CancelAsync();
        while (!run.IsCompleted)
        {
            xl.Timing.Advance(TimeSpan.FromMinutes(3));
            await Task.Yield();
        }

        Assert.Contains((await run).Transcript, line => line.Contains("did not end within 120 s", StringComparison.Ordinal));
    }

    private const string Vvv = "xl-vvv-migrate.timed.4.17.txt";
    private const string SuspendRequest = "libxl: debug: Domain 2:issuing PV suspend request via XenBus control node";

    [Fact(Timeout = 20000)]
    public async Task The_downtime_is_from_the_guests_suspension_to_its_start()
    {
        FakeXlMigrate xl = new();
        Task<TransferRecord> run = await xl.StartAsync();

        xl.PrintsItsProcesses();
        xl.Replays(Vvv);
        xl.Ends(0);
        TransferRecord record = await run;

        // 1795395758.790554 (started) - 1795395744.583664 (acknowledged)
        Assert.Equal(14.206890, record.Downtime!.Value.TotalSeconds, precision: 4);
        Assert.Equal(record.Downtime, record.DowntimePart!.Total);
        Assert.True(record.DowntimePart is { Suspension.Ticks: > 0, LastCopy.Ticks: > 0, Start.Ticks: > 0 }, record.DowntimePart.ToString());
        Assert.Equal((0, false, false), (record.ExitCode, record.Aborted, record.FinishedDespiteCancellation));
        Assert.Equal(DowntimeBasis.LogMarkers, record.DowntimeBasis);
    }

    [Fact(Timeout = 20000)]
    public async Task The_transcript_is_what_xl_says_without_being_asked_to_chatter()
    {
        FakeXlMigrate xl = new();
        Task<TransferRecord> run = await xl.StartAsync();

        xl.PrintsItsProcesses();
        xl.Replays(Vvv);
        xl.Ends(0);
        TransferRecord record = await run;

        // One line is the half of a debug line that the other end broke.
        Assert.Equal(
            Fixture.Lines("xl-migrate.4.17.txt").Select(WithoutFigures),
            record.Transcript.Where(line => line != "libxl: ").Select(WithoutFigures).OrderBy(OrderOfTheTwoEnds));
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_before_the_suspend_ends_the_transport_once_and_waits_for_xl()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new();
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();
        xl.Prints("xc: info: Saving domain 5, type x86 PV");

        await stop.CancelAsync();
        TransferRecord record = await run;

        Assert.Equal((true, false, 1), (record.Aborted, record.FinishedDespiteCancellation, xl.Kills));
        Assert.Equal(1, record.ExitCode);
        Assert.Contains($"sh {FakeXlMigrate.Transport}", xl.Shell.Commands[^1], StringComparison.Ordinal);
        Assert.Contains(xl.Progress.Values, progress => progress.Step == MigrationStep.Aborting);
        Assert.Null(record.Downtime);
    }

    // As with four moves that began at once on a slow host.
    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_before_the_transport_began_ends_it_when_it_does()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new();
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        await stop.CancelAsync();
        await xl.Timing.LimitedAsync();

        xl.Timing.Advance(TimeSpan.FromSeconds(40));
        xl.PrintsItsProcesses();
        TransferRecord record = await run;

        Assert.Equal((true, false, 1), (record.Aborted, record.FinishedDespiteCancellation, xl.Kills));
    }

    [Fact(Timeout = 20000)]
    public async Task A_move_that_failed_by_itself_before_there_was_anything_to_end_is_not_called_aborted()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new();
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        await stop.CancelAsync();
        await xl.Timing.LimitedAsync();

        xl.Ends(1);
        TransferRecord record = await run;

        Assert.Equal((false, false, 0, 1), (record.Aborted, record.FinishedDespiteCancellation, xl.Kills, record.ExitCode));
    }

    // It tells its number while it is still the shell that becomes ssh.
    [Fact(Timeout = 20000)]
    public async Task A_transport_that_is_no_ssh_yet_is_ended_when_it_is()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new();
        int asked = 0;
        xl.Shell.Does("sh -c 'read -r name*", (_, _, _) =>
        {
            if (++asked < 3)
            {
                return Task.FromResult(new CommandResult(1, "", ""));
            }

            xl.Ends(1);
            return Task.FromResult(new CommandResult(0, "", ""));
        });
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();

        await stop.CancelAsync();
        TransferRecord record = await run;

        Assert.Equal((3, true, false), (asked, record.Aborted, record.FinishedDespiteCancellation));
    }

    [Fact(Timeout = 20000)]
    public async Task A_request_to_stop_after_the_suspend_touches_nothing_and_is_owned_up_to()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new();
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();
        xl.Prints(SuspendRequest);

        await stop.CancelAsync();
        xl.Prints("migration target: Domain started successsfully.", "Migration successful.");
        xl.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((false, 0, 0), (record.Aborted, xl.Kills, record.ExitCode));
    }

    [Fact(Timeout = 20000)]
    public async Task A_move_that_goes_on_after_a_late_request_says_so()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new();
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();
        xl.Prints(SuspendRequest);

        await stop.CancelAsync();
        await Task.Yield();
        Assert.False(run.IsCompleted);
        xl.Ends(0);

        Assert.True((await run).FinishedDespiteCancellation);
    }

    [Fact(Timeout = 20000)]
    public async Task A_transport_that_can_not_be_ended_is_said_and_xl_is_waited_for()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new();
        xl.Shell.Does("sh -c 'read -r name*", (_, _, _) =>
        {
            xl.Ends(0);
            throw new HostDisconnectedException("a", "reset by peer");
        });
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();

        await stop.CancelAsync();
        TransferRecord record = await run;

        Assert.Contains(record.Transcript, line => line.Contains("could not be ended", StringComparison.Ordinal));
    }

    // Stock xl told nothing, and the end of its transport did not come through: the host itself says that the guest stands still.
    [Fact(Timeout = 20000)]
    public async Task An_xl_whose_guest_the_host_shows_suspended_is_not_ended()
    {
        using CancellationTokenSource stop = new();
        FakeXlMigrate xl = new();
        bool refused = false;
        xl.Shell.Does("sh -c 'read -r name*", (command, _, _) =>
        {
            if (command.ToString().Contains("xl|virsh|xm", StringComparison.Ordinal))
            {
                refused = true;
                xl.Ends(0);
                return Task.FromResult(new CommandResult(GuardedAct.Refused, "", "xenmigrate-found it is suspended\n"));
            }

            throw new HostTimeoutException("a", command, TimeSpan.FromSeconds(1));
        });
        Task<TransferRecord> run = await xl.StartAsync(stop.Token);
        xl.PrintsItsProcesses();
        await stop.CancelAsync();
        await xl.Timing.LimitedAsync();
        while (!refused)
        {
            xl.Timing.Advance(TimeSpan.FromMinutes(2));
            await Task.Yield();
        }

        TransferRecord record = await run;

        Assert.Equal((0, true), (record.ExitCode, record.FinishedDespiteCancellation));
        Assert.Contains(record.Transcript, line => line.Contains("xl is not ended", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_broken_connection_is_judged_only_after_xl_has_ended()
    {
        FakeXlMigrate xl = new();
        Queue<int> answers = new([0, 0, 1]);
        xl.Shell.Does($"test -d /proc/{FakeXlMigrate.Xl}", (_, _, _) =>
            Task.FromResult(new CommandResult(answers.Dequeue(), "", "")));
        Task<TransferRecord> run = await xl.StartAsync();
        xl.PrintsItsProcesses();

        xl.Breaks();
        TransferRecord record = await run;

        Assert.Empty(answers);
        Assert.Null(record.ExitCode);
        Assert.Equal(TimeSpan.FromSeconds(4), xl.Timing.Elapsed);
        Assert.Contains(record.Transcript, line => line.Contains("reset by peer", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task Nobody_waits_for_a_host_whose_session_was_ended_on_purpose()
    {
        FakeXlMigrate xl = new();
        xl.Shell.Throws("test*", new HostNotConnectedException("a"));
        Task<TransferRecord> run = await xl.StartAsync();
        xl.PrintsItsProcesses();

        xl.Breaks();
        TransferRecord record = await run;

        Assert.Equal((TimeSpan.Zero, false), (xl.Timing.Elapsed, record.HasEnded));
    }

    [Fact(Timeout = 20000)]
    public async Task A_host_that_stays_away_is_given_up_at_last_and_complained_of_once()
    {
        FakeXlMigrate xl = new();
        xl.Shell.Throws("test*", new HostUnreachableException("a", "no route"));
        Task<TransferRecord> run = await xl.StartAsync();
        xl.PrintsItsProcesses();

        xl.Breaks();
        TransferRecord record = await run;

        Assert.Equal(TimeSpan.FromMinutes(2), xl.Timing.Elapsed);
        Assert.Single(record.Transcript, line => line.Contains("no route", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task What_the_transport_wrote_is_shown_against_the_guests_memory()
    {
        const long mebibyte = 1024 * 1024;
        FakeXlMigrate xl = new() { Written = [16 * mebibyte, 64 * mebibyte, 300 * mebibyte] };
        Task<TransferRecord> run = await xl.StartAsync();

        xl.PrintsItsProcesses();
        await xl.WatchedAsync();
        xl.Ends(0);
        TransferRecord record = await run;

        Assert.Equal(300 * mebibyte, record.BytesTransferred);
        MigrationProgress[] shown = [.. xl.Progress.Values.Where(progress => progress.BytesWritten is not null)];
        Assert.Equal([11, 45, 90], shown.Select(progress => progress.Percent!.Value));
        Assert.Equal([null, 96.0 * mebibyte, 472.0 * mebibyte], shown.Select(progress => progress.BytesPerSecond));
        Assert.All(shown, progress => Assert.Equal(MigrationStep.CopyingMemory, progress.Step));
    }

    [Fact(Timeout = 20000)]
    public async Task A_host_that_can_not_be_watched_does_not_disturb_the_move()
    {
        FakeXlMigrate xl = new();
        xl.Shell.Throws("nice*", new HostDisconnectedException("a", "too many sessions"));
        Task<TransferRecord> run = await xl.StartAsync();

        xl.PrintsItsProcesses();
        xl.Ends(0);
        TransferRecord record = await run;

        Assert.Equal((0, null), (record.ExitCode, record.BytesTransferred));
    }

    private static string WithoutFigures(string line) =>
        System.Text.RegularExpressions.Regex.Replace(line, "0x[0-9a-f]+|domain [0-9]+", "#");

    // Two processes write; in each capture they came in another order.
    private static int OrderOfTheTwoEnds(string line) => Array.FindIndex(
        Fixture.Lines("xl-migrate.4.17.txt"), known => WithoutFigures(known) == WithoutFigures(line));
}
