using static XenMigrate.Tests.OfflinePair;

namespace XenMigrate.Tests;

/// <summary>A move by an image, step by step, and what is undone if one of them fails.</summary>
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

    [Fact]
    public async Task A_move_gives_back_what_it_held()
    {
        SimulatedPair pair = new();

        _ = await pair.MoveAsync();

        Assert.All(new[] { pair.Source, pair.Destination }, host => Assert.Empty(
            LeaseCommands.List.Read([host.Leases.Run(LeaseCommands.List.Commands[0].Words)!]).Leases));
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
}
