namespace XenMigrate.Tests;

/// <summary>What copies of a guest mean that hosts of xend's have after a move.</summary>
public class XendCopyTests
{
    private static readonly MigrationOptions s_live = new() { Live = true };

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
}
