namespace XenMigrate.Tests;

public class OfflineMigrationTests
{
    private const string Image = "/images/.xenmigrate-b164eace-15c0-4f26-8922-786e23f5bb4b-20261122220000000.save";

    [Fact]
    public async Task The_source_keeps_its_copy_until_the_destination_has_shown_its_own()
    {
        SimulatedPair pair = new();

        MigrationResult? result = await pair.MoveAsync();

        Assert.Equal(
            [
                $"a: xl save -p 5 {Image}",
                "a: xl rename 5 web--migratedaway",
                $"b: xl restore -p {Image} as web--incoming",
                "a: xl destroy 5",
                "b: xl unpause 9 as web",
                $"a: rm -f -- {Image}",
            ],
            pair.Changes);
        Assert.Equal((MigrationOutcome.Succeeded, "b"), (result!.Outcome, result.ComputerName));
        Assert.Equal(DowntimeBasis.Commands, result.DowntimeBasis);
        Assert.Equal(134492495, result.BytesTransferred);
    }

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
    public async Task A_move_gives_back_what_it_held()
    {
        SimulatedPair pair = new();

        _ = await pair.MoveAsync();

        Assert.All(new[] { pair.Source, pair.Destination }, host => Assert.Empty(
            LeaseCommands.List.Read([host.Leases.Run(LeaseCommands.List.Commands[0].Words)!]).Leases));
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
    public async Task A_failed_restore_is_undone_from_the_last_step_to_the_first()
    {
        SimulatedPair pair = new() { Plan = On("b: xl restore", Fault.FailsAfterwards) };

        MigrationResult? result = await pair.MoveAsync();

        Assert.Equal(
            ["b: xl destroy 9", "a: xl rename 5 web", "a: xl unpause 5", $"a: rm -f -- {Image}"],
            pair.Changes.Skip(3));
        Assert.Equal((MigrationOutcome.FailedSourceRunning, "a"), (result!.Outcome, result.ComputerName));
        Assert.Contains("it failed, it says", result.Message, StringComparison.Ordinal);
    }

    // The one step after which nobody can take it back by himself is the last: the guest is paused, at the destination.
    [Theory]
    [MemberData(nameof(EveryStep), 5)]
    public async Task A_command_that_fails_leaves_one_running_guest_and_nothing_else(int step, string fault)
    {
        SimulatedPair pair = new() { Plan = (at, _) => at == step ? Enum.Parse<Fault>(fault) : Fault.None };

        MigrationResult? result = await pair.MoveAsync();

        SimulatedGuest copy = Assert.Single(pair.Copies);
        Assert.True(copy.Runs || step == 4, $"{copy} after {string.Join("; ", pair.Changes)}");
        Assert.Equal(copy.Runs ? "web" : "web--incoming", copy.Name);
        Assert.True(pair.Images.Count == 0 || step == 4);
        Assert.Equal(copy.Runs && pair.Destination.Guests.Contains(copy), result!.Outcome == MigrationOutcome.Succeeded);
        Assert.Equal(pair.Source.Guests.Contains(copy) ? "a" : copy.Runs ? "b" : null, result.ComputerName);
    }

    // The source remembers which copy it gave the guest away to.
    [Theory]
    [InlineData("Fails")]
    [InlineData("BreaksBefore")]
    public async Task A_guest_that_was_given_away_and_not_started_is_started_by_its_repair(string fault)
    {
        HalfMoved half = new();
        _ = half.OnA("web", 'b');
        half.Pair.Plan = (at, _) => at == 4 ? Enum.Parse<Fault>(fault) : Fault.None;
        MigrationResult? result = await half.Pair.MoveAsync();

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Contains("Repair-GuestMigration", result!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("If it is paused", result.Message, StringComparison.Ordinal);
        Assert.Equal((MigrationRepairOutcome.Settled, "b"), (repair!.Outcome, repair.ComputerName));
        Assert.Equal(("web", true), (Assert.Single(half.Pair.Copies).Name, half.Pair.Destination.Guests[0].Runs));
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
    [MemberData(nameof(EveryStep), 6)]
    public async Task A_result_never_says_more_than_is_so(int step, string fault)
    {
        SimulatedPair pair = new() { Plan = (at, _) => at == step ? Enum.Parse<Fault>(fault) : Fault.None };

        MigrationResult? result = await pair.MoveAsync();

        Assert.True(result!.Outcome switch
        {
            MigrationOutcome.Succeeded => pair.Destination.Guests.Exists(guest => guest.Runs && guest.Name == "web"),
            MigrationOutcome.FailedSourceRunning => pair.Source.Guests.Exists(guest => guest.Runs),
            _ => !pair.Copies.Any(guest => guest.Runs),
        });
    }

    [Fact]
    public void Whatever_goes_wrong_there_are_never_two_running_copies_and_never_none_at_all() => Gen
        .Select(Gen.Int[0, 9], Gen.Enum<Fault>(), Gen.Int[0, 12], Gen.Enum<Fault>())
        .Sample(
            (first, fault, second, other) =>
            {
                // The pair itself looks at the rule after every command.
                SimulatedPair pair = new() { Plan = (at, _) => at == first ? fault : at == second ? other : Fault.None };
                _ = pair.MoveAsync().GetAwaiter().GetResult();
            },
            iter: 150);

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

    [Fact]
    public async Task A_destination_that_no_longer_answers_keeps_the_source_paused()
    {
        SimulatedPair pair = new() { Plan = On("b: xl restore", Fault.GoesSilent) };

        MigrationResult? result = await pair.MoveAsync();

        Assert.Equal(("web--migratedaway", 'p'), (pair.Source.Guests[0].Name, pair.Source.Guests[0].State));
        Assert.Equal((MigrationOutcome.Undetermined, "MigrationUndetermined"), (result!.Outcome, result.ErrorId));
        Assert.Contains("nobody can say whether the tool on b ended", result.Message, StringComparison.Ordinal);
        Assert.Contains("Touch no copy of the guest", result.Message, StringComparison.Ordinal);
    }

    public static TheoryData<int, string> EveryStep(int steps)
    {
        TheoryData<int, string> data = [];
        Fault[] faults = [Fault.Fails, Fault.FailsAfterwards, Fault.BreaksBefore, Fault.BreaksAfter];
        foreach (int step in Enumerable.Range(0, steps))
        {
            foreach (Fault fault in faults)
            {
                data.Add(step, fault.ToString());
            }
        }

        return data;
    }

    private static Func<int, string, Fault> On(string command, Fault fault)
    {
        bool done = false;
        return (_, text) =>
        {
            bool now = !done && text.StartsWith(command, StringComparison.Ordinal);
            done |= now;
            return now ? fault : Fault.None;
        };
    }

    private static async Task<MigrationPlan> PlanAsync(SimulatedPair pair)
    {
        XenMigrate.Guest guest = (await A.Host(pair.Source).Toolstack.ListAsync(CancellationToken.None))[1];
        return await MigrationPlanner.PlanAsync(
            A.Host(pair.Source), A.Host(pair.Destination), guest, new MigrationOptions(), pair.Timing.Timing, CancellationToken.None);
    }
}
