namespace XenMigrate.Tests;

/// <summary>Why a move between hosts of xend's failed, in the words of xm and of both hosts' logs.</summary>
public class XendFailureTests
{
    private static readonly MigrationOptions s_live = new() { Live = true };

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
}
