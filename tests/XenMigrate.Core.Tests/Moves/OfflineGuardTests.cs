using static XenMigrate.Tests.OfflinePair;

namespace XenMigrate.Tests;

/// <summary>What others do to the guest during an offline move is found before each step, and counts.</summary>
public class OfflineGuardTests
{
    // A guest that ran since its image was written has newer disks than memory in it.
    [Theory]
    [InlineData('b', 53.4)]
    [InlineData('p', 53.4)]
    public async Task A_source_that_was_let_run_during_the_restore_keeps_its_guest(char state, double used)
    {
        SimulatedPair pair = new()
        {
            SomebodyElse = (host, act) =>
            {
                if (act.StartsWith("a: xl destroy", StringComparison.Ordinal))
                {
                    host.Guests[0] = host.Guests[0] with { State = state, Used = used };
                }
            },
        };

        MigrationResult? result = await pair.MoveAsync();

        Assert.Equal((5, "web", true), (Assert.Single(pair.Copies).Id, pair.Source.Guests[0].Name, pair.Source.Guests[0].Runs));
        Assert.Equal((MigrationOutcome.FailedSourceRunning, "a"), (result!.Outcome, result.ComputerName));
        Assert.Contains(result.Transcript, line => line.Contains("is not as it was", StringComparison.Ordinal));
        Assert.DoesNotContain("a: xl destroy 5", pair.Changes);
    }

    [Fact]
    public async Task A_guest_that_got_the_number_after_a_reboot_is_left_alone()
    {
        Guid another = Guid.NewGuid();
        SimulatedPair pair = new()
        {
            SomebodyElse = (host, act) =>
            {
                if (act.StartsWith("a: xl save", StringComparison.Ordinal))
                {
                    host.BootId = "33333333-3333-3333-3333-333333333333";
                    host.Guests[0] = host.Guests[0] with { Name = "db" };
                    host.Guests.Add(host.Guests[0] with { Id = 99, Name = "web", State = 'p' });
                    host.Guests[0] = host.Guests[0] with { Uuid = another };
                }
            },
        };

        _ = await pair.MoveAsync();

        SimulatedGuest db = Assert.Single(pair.Source.Guests, guest => guest.Id == 5);
        Assert.Equal((another, "db", 'b'), (db.Uuid, db.Name, db.State));
        Assert.Empty(pair.Destination.Guests);
        Assert.DoesNotContain(pair.Changes, change => change.Contains("xl ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a: xl rename")]
    [InlineData("b: xl restore")]
    [InlineData("a: xl destroy")]
    public async Task A_guest_that_somebody_renamed_is_found_and_keeps_its_new_name(string before)
    {
        SimulatedPair pair = new();
        pair.SomebodyElse = (_, act) => pair.Source.Guests[0] = act.StartsWith(before, StringComparison.Ordinal)
            ? pair.Source.Guests[0] with { Name = "db" }
            : pair.Source.Guests[0];

        MigrationResult? result = await pair.MoveAsync();

        SimulatedGuest guest = Assert.Single(pair.Copies);
        Assert.Equal((5, "db", true), (guest.Id, guest.Name, guest.Runs));
        Assert.Equal((MigrationOutcome.FailedSourceRunning, "a"), (result!.Outcome, result.ComputerName));
        Assert.Contains("a has db (id 5, Blocked; renamed by somebody, it was web)", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Start-Guest", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_booted_again_is_named_for_it()
    {
        SimulatedPair pair = new();
        pair.SomebodyElse = (host, act) =>
        {
            if (act.StartsWith("a: xl save", StringComparison.Ordinal))
            {
                host.Guests[0] = host.Guests[0] with { Id = 7 };
            }
        };

        MigrationResult? result = await pair.MoveAsync();

        Assert.Equal((MigrationOutcome.FailedSourceRunning, "a"), (result!.Outcome, result.ComputerName));
        Assert.Contains("web (id 7, Blocked; started anew there, it had id 5)", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: xl save")]
    [InlineData("a: xl rename")]
    [InlineData("a: xl destroy")]
    [InlineData("b: xl unpause")]
    public async Task A_mover_that_lost_its_hold_takes_no_further_step(string before)
    {
        SimulatedPair pair = new();
        LeaseHolder other = new(Guid.NewGuid(), "eve@elsewhere, process 7");
        pair.SomebodyElse = (host, act) =>
        {
            if (act.StartsWith(before, StringComparison.Ordinal))
            {
                // Nothing was heard of us for a minute, and somebody else took it.
                pair.Timing.Advance(TimeSpan.FromMinutes(2));
                Assert.True(host.Leases.Run(LeaseCommands.Take(A.Uuid, other, "web").Words)!.Succeeded);
            }
        };

        if (before == "a: xl save")
        {
            // It is the first step, so there was nothing to lose yet.
            Assert.Contains("eve@elsewhere", (await Assert.ThrowsAsync<GuestLeasedException>(() => pair.MoveAsync())).Holder, StringComparison.Ordinal);
            Assert.Empty(pair.Changes);
            return;
        }

        MigrationResult? result = await pair.MoveAsync();

        Assert.DoesNotContain(pair.Changes, change => change.StartsWith(before, StringComparison.Ordinal));
        Assert.Equal((MigrationOutcome.Undetermined, "LeaseLost"), (result!.Outcome, result.ErrorId));
        Assert.Contains("held by eve@elsewhere", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_somebody_moves_to_a_third_host_is_not_touched()
    {
        SimulatedPair pair = new() { Source = { Processes = "  200 xl migrate web c\n" } };

        MigrationResult? result = await pair.MoveAsync();

        Assert.Contains("somebody else is at work on it: xl migrate web c", result!.Message, StringComparison.Ordinal);
        Assert.Empty(pair.Changes);
    }

    [Fact]
    public async Task A_copy_is_kept_when_somebody_destroyed_the_other()
    {
        SimulatedPair pair = new()
        {
            SomebodyElse = (host, act) =>
            {
                if (act.StartsWith("a: xl destroy", StringComparison.Ordinal))
                {
                    host.Guests.Clear();
                }
            },
        };

        MigrationResult? result = await pair.MoveAsync();

        Assert.Equal('p', Assert.Single(pair.Destination.Guests).State);
        Assert.NotEqual(MigrationOutcome.Succeeded, result!.Outcome);
    }

    [Fact]
    public async Task A_guest_that_somebody_let_run_at_the_source_and_lost_there_does_not_go_on_as_its_older_copy()
    {
        HalfMoved half = new();
        _ = half.OnA("web", 'b');
        half.Pair.SomebodyElse = (host, act) => host.Guests.RemoveAll(_ => act.StartsWith("a: xl destroy", StringComparison.Ordinal));
        MigrationResult? result = await half.Pair.MoveAsync();

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationOutcome.Undetermined, null), (result!.Outcome, result.ComputerName));
        Assert.Contains("Don't let it run", result.Message, StringComparison.Ordinal);
        Assert.Equal((MigrationRepairOutcome.Left, null), (repair!.Outcome, repair.ComputerName));
        Assert.Contains("whether a gave the guest away can't be told", repair.Left, StringComparison.Ordinal);
        Assert.Equal(('p', "web--incoming"), (Assert.Single(half.Pair.Copies).State, half.Pair.Destination.Guests[0].Name));
    }

    [Theory]
    [InlineData("a: xl save", Fault.Fails)]
    [InlineData("b: xl restore", Fault.Fails)]
    public async Task A_guest_that_stood_at_the_destination_before_is_never_destroyed(string step, object fault)
    {
        SimulatedPair pair = new() { Plan = On(step, (Fault)fault) };
        MigrationPlan plan = await PlanAsync(pair);
        SimulatedGuest stranger = pair.Destination.Add("web", 'p');

        _ = await new OfflineMigration(plan, "/images", GuestLease.Of(plan.Guest, "test", pair.Timing.Timing), null, pair.Timing.Timing).RunAsync(CancellationToken.None);

        Assert.Contains(stranger, pair.Destination.Guests);
        Assert.DoesNotContain($"b: xl destroy {stranger.Id}", pair.Changes);
    }
}
