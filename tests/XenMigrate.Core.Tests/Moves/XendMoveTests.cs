namespace XenMigrate.Tests;

/// <summary>Whole moves between hosts of xend's: plan, transfer, and what both hosts say after it.</summary>
public class XendMoveTests
{
    private static readonly MigrationOptions s_live = new() { Live = true };

    [Fact(Timeout = 20000)]
    public async Task A_live_move_succeeds_and_tells_its_rounds()
    {
        XendPair pair = new();
        pair.Migrates(lines => Says(lines, pair.Has("a", null).Has("b", "web -b----"), 0,
            Round(0, ConvergenceDecision.StopAndCopy, 0.05),
            new PreCopyReport.GuestSuspended(),
            Round(1, ConvergenceDecision.Continue, 0),
            new PreCopyReport.TransferEnded(true, false, TimeSpan.FromSeconds(0.04), TimeSpan.FromSeconds(0.05), 1000, "it fitted")));

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.True(result.Outcome == MigrationOutcome.Succeeded, result.Message);
        Assert.Equal(("b", MigrationMode.Live, DowntimeBasis.Transfer), (result.ComputerName, result.Mode, result.DowntimeBasis));
        Assert.Equal((0.04, 0.05, 0.05), (result.Downtime!.Value.TotalSeconds, result.HeartbeatGap!.Value.TotalSeconds, result.PredictedDowntime!.Value.TotalSeconds));
        Assert.Equal((2, "it fitted", 1000L), (result.Iteration.Count, result.StopReason, result.BytesTransferred));
        Assert.Contains(pair.Source.Commands, command => command.StartsWith("env 'XENMIGRATE_PRECOPY=downtime=0.3,", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_does_not_converge_is_an_aborted_move_that_says_by_how_much()
    {
        XendPair pair = new();
        pair.Migrates(lines => Says(lines, pair, 1,
            Round(0, ConvergenceDecision.Abort, 4.2), new PreCopyReport.TransferEnded(false, false, null, null, 1000, "no progress in 5 rounds")));

        MigrationResult result = await pair.MoveAsync(s_live with { PreCopy = new PreCopyOptions { MaximumDowntime = TimeSpan.FromSeconds(0.5) } });

        Assert.Equal((MigrationOutcome.Aborted, "MigrationNotConverging", "a"), (result.Outcome, result.ErrorId, result.ComputerName));
        Assert.Contains("4.2 s, and 0.5 s are allowed", result.Message, StringComparison.Ordinal);
        Assert.Contains("no progress in 5 rounds", result.Message, StringComparison.Ordinal);
        Assert.Null(result.Downtime);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_would_not_converge_and_was_paused_moved_live_then_offline()
    {
        XendPair pair = new();
        pair.Migrates(lines => Says(lines, pair.Has("a", null).Has("b", "web r-----"), 0,
            Round(0, ConvergenceDecision.GoOffline, 4.2),
            new PreCopyReport.TransferEnded(true, true, TimeSpan.FromSeconds(4), null, 1000, "no progress in 5 rounds")));

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal((MigrationOutcome.Succeeded, MigrationMode.LiveThenOffline, 4.0), (result.Outcome, result.Mode, result.Downtime!.Value.TotalSeconds));
    }

    [Fact(Timeout = 20000)]
    public async Task An_offline_move_is_left_to_xend()
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Timing.Advance(TimeSpan.FromSeconds(9));
            pair.Has("a", null).Has("b", "web -b----");
            return new CommandResult(0, "", "");
        });

        MigrationResult result = await pair.MoveAsync(new MigrationOptions());

        Assert.Equal((MigrationOutcome.Succeeded, MigrationMode.Offline, DowntimeBasis.Commands), (result.Outcome, result.Mode, result.DowntimeBasis));
        Assert.Contains("xm migrate 5 b", pair.Source.Commands);
        Assert.DoesNotContain(pair.Source.Commands, command => command.Contains("xm save", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task Wishes_that_the_toolstack_can_not_keep_are_refused_before_anything_starts()
    {
        XendPair pair = new(obeys: false);

        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(() =>
            pair.MoveAsync(s_live with { PreCopy = new PreCopyOptions() }));

        Assert.Equal("a", e.Host);
        Assert.DoesNotContain(pair.Source.Commands, command => command.Contains("xm migrate", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task Without_wishes_the_toolstack_moves_by_its_own_rule()
    {
        XendPair pair = new(obeys: false);
        pair.Migrates(lines => Says(lines, pair.Has("a", null).Has("b", "web -b----"), 0));

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal(MigrationOutcome.Succeeded, result.Outcome);
        Assert.Contains("xm migrate --live 5 b", pair.Source.Commands);
    }

    [Theory(Timeout = 20000)]
    [InlineData("Error: can't connect: Connection refused", "PortUnreachable", "b")]
    [InlineData("Error: Not enough memory is available, and dom0 cannot be shrunk any further", "InsufficientMemory", "b")]
    [InlineData("Error: Device 0 (vif) could not be connected. Hotplug scripts not working.", "BridgeMissing", "b")]
    [InlineData("Error: VM name 'web' already exists as domain 3", "NameCollision", "b")]
    [InlineData("Error: something else", "MigrationFailedSourceRunning", "something else")]
    public async Task A_failure_is_explained_by_what_xm_said(string error, string errorId, string word)
    {
        XendPair pair = new();
        pair.Migrates(lines =>
        {
            lines.Report(new OutputLine(true, error));
            return new CommandResult(1, "", error);
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal((MigrationOutcome.FailedSourceRunning, errorId, "a"), (result.Outcome, result.ErrorId, result.ComputerName));
        Assert.Contains(word, result.Message, StringComparison.Ordinal);
        Assert.Contains(error, result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_failure_is_told_by_its_error_line_and_not_by_the_usage_that_xm_writes_after_it()
    {
        XendPair pair = new();
        pair.Migrates(lines =>
        {
            lines.Report(new OutputLine(true, "WARNING: xend/xm is deprecated."));
            lines.Report(new OutputLine(true, "Error: xc_save died of boredom"));
            lines.Report(new OutputLine(false, "Usage: xm migrate <Domain> <Host>"));
            lines.Report(new OutputLine(false, "-c, --change_home_server       Change home server for managed domains."));
            return new CommandResult(1, "", "");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Contains("The tool said: Error: xc_save died of boredom", result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task The_reason_for_a_guest_that_is_gone_on_both_hosts_is_the_one_in_the_destinations_log()
    {
        XendPair pair = new();
        pair.Destination.Answers("sh -c*", Fixture.Text("xend-log-guest-gone.txt"));
        pair.Migrates(_ =>
        {
            pair.Has("a", null);
            return new CommandResult(0, "", "");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal((MigrationOutcome.Undetermined, "MigrationUndetermined"), (result.Outcome, result.ErrorId));
        Assert.Contains("Device 0 (vif) could not be connected. Could not find bridge device xenbr2", result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_copy_that_the_destination_wakes_after_xm_has_ended_is_a_success()
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Has("a", null).Has("b", "web --p---").Later("b", "web -b----");
            return new CommandResult(0, "", "");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal((MigrationOutcome.Succeeded, "b"), (result.Outcome, result.ComputerName));
    }

    [Fact(Timeout = 20000)]
    public async Task What_the_source_goes_on_managing_of_a_guest_that_arrived_is_no_copy()
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Has("a", "web inactive").Has("b", "web -b----");
            return new CommandResult(0, "", "");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal((MigrationOutcome.Succeeded, "b", null), (result.Outcome, result.ComputerName, result.Message));
    }

    [Fact(Timeout = 20000)]
    public async Task An_exit_code_of_0_that_moved_nothing_is_no_success()
    {
        XendPair pair = new();
        pair.Migrates(_ => new CommandResult(0, "", ""));

        Assert.Equal(MigrationOutcome.FailedSourceRunning, (await pair.MoveAsync(s_live)).Outcome);
    }

    [Theory(Timeout = 20000)]
    [InlineData(false, MigrationOutcome.Aborted, "MigrationAborted")]
    [InlineData(true, MigrationOutcome.Succeeded, null)]
    public async Task What_came_of_a_request_to_stop_is_told_by_the_hosts_and_not_by_an_exit_code_of_0(
        bool arrives, MigrationOutcome outcome, string? errorId)
    {
        XendPair pair = new();
        using CancellationTokenSource stop = new();
        TaskCompletionSource<CommandResult> xm = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Source
            .Does("env*", async (_, _, _) =>
            {
                await stop.CancelAsync();
                return await xm.Task;
            })
            .Does("pkill*", (_, _, _) =>
            {
                if (arrives)
                {
                    pair.Has("a", null).Has("b", "web -b----");
                }

                // As xm of Xen 3.1.0 ends, whether the guest moved or not.
                _ = xm.TrySetResult(new CommandResult(0, "", ""));
                return Task.FromResult(new CommandResult(0, "", ""));
            });

        MigrationResult result = await pair.MoveAsync(s_live, stop.Token);

        Assert.Equal((outcome, errorId), (result.Outcome, result.ErrorId));
    }

    [Theory(Timeout = 20000)]
    [InlineData("web --p---", "On a: xm unpause 5")]
    [InlineData("web ---s--", "On a: xm unpause 5; if it stays suspended")]
    [InlineData("migrating-web --p---", "On a: xm rename 5 web; xm unpause 5")]
    [InlineData("migrating-web ---s--", "Only if you know that it ran nowhere else since, on a: xm rename 5 web; xm unpause 5; if it stays suspended")]
    public async Task A_guest_that_a_failed_move_left_standing_still_comes_with_the_way_to_wake_it(string left, string advice)
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Has("a", left);
            return new CommandResult(1, "", "Error: failed");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        // Under its own name xend has taken it back; else it may have gone on at the other end.
        Assert.Equal(
            left == "migrating-web ---s--" ? (MigrationOutcome.Undetermined, "MigrationUndetermined") : (MigrationOutcome.FailedSourceSuspended, "MigrationFailedSourceSuspended"),
            (result.Outcome, result.ErrorId));
        Assert.Contains(advice, result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_runs_under_its_migrating_name_is_given_its_own_back()
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Has("a", "migrating-web -b----");
            return new CommandResult(1, "", "Error: failed");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal(MigrationOutcome.FailedSourceRunning, result.Outcome);
        Assert.Contains("give the guest its name back: xm rename 5 web", result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_copy_that_the_destination_does_not_wake_is_waited_for_as_long_as_xend_waits_for_its_devices()
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Has("b", "web --p---");
            return new CommandResult(1, "", "Error: failed");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal(MigrationOutcome.FailedSourceRunning, result.Outcome);
        Assert.Contains("On b, a half-made copy is left: xm destroy 9", result.Message, StringComparison.Ordinal);
        Assert.InRange(pair.Timing.Elapsed.TotalSeconds, 100, 150);
    }

    [Fact(Timeout = 20000)]
    public async Task Half_a_guest_that_a_source_left_which_lost_the_guest_is_not_to_be_let_run()
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Has("a", null).Has("b", "web half");
            return new CommandResult(1, "", "Error: failed");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal((MigrationOutcome.Undetermined, null), (result.Outcome, result.ComputerName));
        Assert.Contains("b has half of it (web, id 9)", result.Message, StringComparison.Ordinal);
        Assert.Contains("Repair-GuestMigration then takes the half guest away", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("unpause", result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_destination_that_falls_silent_leaves_open_whether_it_woke_a_copy_too()
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Destination.Throws("xm list", new HostUnreachableException("b", "no route"));
            return new CommandResult(1, "", "Error: /usr/lib/xen/bin/xc_save 4 5 0 0 1 failed");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal((MigrationOutcome.Undetermined, "MigrationUndetermined"), (result.Outcome, result.ErrorId));
        Assert.Contains("pause both at once (xm pause 5 on a)", result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_move_that_goes_on_without_xm_is_no_failed_one()
    {
        XendPair pair = new();
        pair.Migrates(_ =>
        {
            pair.Has("a", "migrating-web -b----").Has("b", "web --p---");
            return new CommandResult(143, "", "");
        });

        MigrationResult result = await pair.MoveAsync(s_live);

        Assert.Equal((MigrationOutcome.Undetermined, "MigrationUndetermined"), (result.Outcome, result.ErrorId));
        Assert.Contains("may be moving it still", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xm destroy", result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_is_only_managed_is_not_moved_whatever_checks_are_skipped()
    {
        XendPair pair = new XendPair().Has("a", "web inactive");

        GuestNotRunningException e = await Assert.ThrowsAsync<GuestNotRunningException>(() =>
            pair.MoveAsync(s_live with { Checks = CheckSelection.AllBut(["*"]) }));

        Assert.Equal("web", e.Guest.Name);
        Assert.DoesNotContain(pair.Source.Commands, command => command.Contains("xm migrate", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_is_under_way_already_is_not_moved()
    {
        XendPair busy = new XendPair().Has("a", "migrating-web -b----");
        Guest guest = (await new XendToolstack(busy.Source, XenMigrate.Remote.Timing.Real).ListAsync(CancellationToken.None))[1];

        MigrationResult result = (await new Migrator(null, busy.Timing.Timing).MoveAsync(
            A.XendHost(busy.Source), A.XendHost(busy.Destination), guest, s_live, _ => Task.FromResult(true), CancellationToken.None))!;

        Assert.Equal((MigrationOutcome.Refused, "GuestNotRunning"), (result.Outcome, result.ErrorId));
    }

    private static CommandResult Says(IProgress<OutputLine> lines, XendPair pair, int exitCode, params PreCopyReport[] reports)
    {
        _ = pair;
        foreach (PreCopyReport report in reports)
        {
            lines.Report(new OutputLine(false, report.ToLine()));
        }

        return new CommandResult(exitCode, "", "");
    }

    private static PreCopyReport.RoundEnded Round(int number, ConvergenceDecision decision, double predicted) => new(new MigrationIteration(
        number, 1000, 4096000, TimeSpan.FromSeconds(1), 500, TimeSpan.FromSeconds(predicted), decision, ""));
}
