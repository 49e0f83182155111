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
