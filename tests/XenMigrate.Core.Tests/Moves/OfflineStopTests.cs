using static XenMigrate.Tests.OfflinePair;

namespace XenMigrate.Tests;

/// <summary>A request to stop an offline move takes everything back, or comes too late.</summary>
public class OfflineStopTests
{
    [Theory]
    [InlineData("a: xl save")]
    [InlineData("a: xl rename")]
    [InlineData("b: xl restore")]
    public async Task A_request_to_stop_before_the_guest_was_given_away_takes_everything_back(string during)
    {
        using CancellationTokenSource stop = new();
        SimulatedPair pair = new()
        {
            Plan = (_, command) =>
            {
                if (command.StartsWith(during, StringComparison.Ordinal))
                {
                    stop.Cancel();
                }

                return Fault.None;
            },
        };

        MigrationResult? result = await pair.MoveAsync(stop.Token);

        Assert.Equal((MigrationOutcome.Aborted, "MigrationAborted"), (result!.Outcome, result.ErrorId));
        Assert.Equal(("web", true), (Assert.Single(pair.Source.Guests).Name, pair.Source.Guests[0].Runs));
        Assert.Empty(pair.Destination.Guests);
        Assert.Empty(pair.Images);
    }

    [Fact]
    public async Task A_request_to_stop_after_the_guest_was_given_away_comes_too_late()
    {
        using CancellationTokenSource stop = new();
        SimulatedPair pair = new()
        {
            Plan = (_, command) =>
            {
                if (command.StartsWith("a: xl destroy", StringComparison.Ordinal))
                {
                    stop.Cancel();
                }

                return Fault.None;
            },
        };

        MigrationResult? result = await pair.MoveAsync(stop.Token);

        Assert.Equal((MigrationOutcome.Succeeded, "b"), (result!.Outcome, result.ComputerName));
        Assert.Contains("after the guest was suspended", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_stop_that_came_before_the_first_step_leaves_the_guest_alone()
    {
        using CancellationTokenSource stop = new();
        SimulatedPair pair = new();
        MigrationPlan plan = await PlanAsync(pair);
        await stop.CancelAsync();

        TransferRecord record = await new OfflineMigration(plan, "/images", GuestLease.Of(plan.Guest, "test", pair.Timing.Timing), null, pair.Timing.Timing).RunAsync(stop.Token);

        Assert.True(record.Aborted);
        Assert.DoesNotContain(pair.Changes, change => change.Contains("xl save", StringComparison.Ordinal));
    }
}
