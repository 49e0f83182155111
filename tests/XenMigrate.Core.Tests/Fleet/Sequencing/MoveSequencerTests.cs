using CsCheck;

namespace XenMigrate.Tests;

public class MoveSequencerTests
{
    [Fact]
    public void Guests_that_find_room_go_where_they_are_to_be_at_once()
    {
        MoveSequence sequence = Find([10, 16], Guest("a", 20, 0, 1), Guest("b", 5, 1, 0));

        // There is room for the larger one only when the smaller one has left.
        Assert.Equal(["b to 0", "a to 1"], Words(sequence, "a", "b"));
        Assert.Equal((25, 25, true), (sequence.MegabytesCopied, sequence.LeastMB, sequence.Proved));
    }

    [Fact]
    public void The_smaller_of_two_that_are_in_each_others_way_goes_by_a_third_host()
    {
        MoveSequence sequence = Find([0, 4, 10], Guest("a", 12, 0, 1), Guest("b", 8, 1, 0));

        Assert.Equal(["b to 2", "a to 1", "b to 0"], Words(sequence, "a", "b"));
        Assert.Equal(12 + (2 * 8), sequence.MegabytesCopied);
    }

    [Fact]
    public void One_that_is_where_it_is_to_be_steps_aside_and_comes_back_if_nothing_else_helps()
    {
        MoveSequence sequence = Find([0, 0, 3], Guest("a", 10, 0, 1), Guest("b", 10, 1, 0), Guest("c", 3, 1, 1), Guest("d", 7, 2, 2));

        Assert.DoesNotContain(sequence.Moves, move => move.Guest == 3);
        Assert.NotEmpty(sequence.Offline);
    }

    [Fact]
    public void Where_no_live_sequence_exists_the_fewest_guests_are_saved()
    {
        // Two full hosts, and no third one.
        MoveSequence sequence = Find([0, 0], Guest("a", 8, 0, 1), Guest("b", 8, 1, 0), Guest("c", 2, 0, 0));

        Assert.True(sequence.Proved);
        Assert.Single(sequence.Offline);
        Assert.Equal(3, sequence.Moves.Count);
        Assert.Equal((null, sequence.Offline[0]), (sequence.Moves[0].To, sequence.Moves[0].Guest));
    }

    [Fact]
    public void Guests_that_are_kept_apart_never_meet_on_the_way()
    {
        MoveSequence sequence = Find([100, 100, 100], Guest("a", 5, 0, 1) with { Apart = "db" }, Guest("b", 5, 1, 0) with { Apart = "DB" });

        Assert.Equal(3, sequence.Moves.Count);
        Assert.Empty(sequence.Offline);
    }

    [Fact]
    public void Nobody_goes_where_the_checks_do_not_let_it()
    {
        SequenceGuest[] guests = [Guest("a", 12, 0, 1), Guest("b", 8, 1, 0)];
        SequenceRules rules = new([0, 4, 10, 9]) { MayGo = (_, host) => host != 2 };

        MoveSequence sequence = MoveSequencer.Find(guests, rules, CancellationToken.None);

        Assert.Equal([3, 1, 0], sequence.Moves.Select(move => move.To));
    }

    [Fact]
    public void What_can_not_be_together_is_refused() =>
        Assert.Throws<ArgumentException>(() => Find([4, 0], Guest("a", 5, 1, 0)));

    [Fact]
    public void Whatever_the_fleet_each_move_finds_room_and_all_get_home() => Fleets.Sample(fleet =>
    {
        MoveSequence sequence = MoveSequencer.Find(fleet.Guests, fleet.Rules, CancellationToken.None);

        FleetState state = new(fleet.Guests, fleet.Rules);
        foreach (SequencedMove move in sequence.Moves)
        {
            Assert.Equal(move.From ?? FleetState.Saved, state.At(move.Guest));
            Assert.True(move.To is not { } to || state.MayEnter(move.Guest, to), $"{move} finds no room.");
            state.Move(move.Guest, move.To ?? FleetState.Saved);
        }

        Assert.All(Enumerable.Range(0, fleet.Guests.Length), guest => Assert.True(state.IsHome(guest)));
        Assert.Equal(sequence.MegabytesCopied, state.CopiedMB);
        Assert.True(sequence.MegabytesCopied >= sequence.LeastMB);
    });

    [Fact]
    public void The_moves_of_a_step_find_room_whichever_comes_first_and_do_not_count_on_each_other() => Fleets.Sample(fleet =>
    {
        IReadOnlyList<SequencedMove> moves = MoveSequencer.Find(fleet.Guests, fleet.Rules, CancellationToken.None).Moves;

        IReadOnlyList<int> steps = SequenceSteps.Of(moves, fleet.Guests, fleet.Rules);

        FleetState state = new(fleet.Guests, fleet.Rules);
        foreach (IGrouping<int, SequencedMove> step in moves.Zip(steps).GroupBy(pair => pair.Second, pair => pair.First))
        {
            foreach (IGrouping<int?, SequencedMove> to in step.Where(move => move.To is not null).GroupBy(move => move.To))
            {
                Assert.True(to.Sum(move => fleet.Guests[move.Guest].MemoryMB) <= state.Free(to.Key!.Value));
                Assert.DoesNotContain(to, move => state.Clashes(move.Guest, to.Key!.Value));
            }

            Assert.Equal(step.Count(), step.Select(move => move.Guest).Distinct().Count());
            foreach (SequencedMove move in step)
            {
                state.Move(move.Guest, move.To ?? FleetState.Saved);
            }
        }
    });

    [Fact]
    public void What_is_said_to_be_proved_no_search_of_all_placements_does_better() => Fleets.Sample(fleet =>
    {
        MoveSequence sequence = MoveSequencer.Find(fleet.Guests, fleet.Rules, CancellationToken.None);
        if (sequence.Proved && sequence.Offline.Count == 0)
        {
            ExactSequence exact = new(fleet.Guests, fleet.Rules, 100_000, CancellationToken.None);
            Assert.True(exact.Find(maySave: false, sequence.MegabytesCopied) is null && exact.Finished);
        }
    });

    // Three hosts and up to seven guests, most of them too many for comfort.
    private static Gen<(SequenceGuest[] Guests, SequenceRules Rules)> Fleets =>
        Gen.Select(Gen.Long[1, 20], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 5]).Array[1, 7].Select(Gen.Long[0, 12].Array[3]).Select((some, spare) =>
        {
            SequenceGuest[] guests = [.. some.Select((one, i) => new SequenceGuest($"g{i}", one.Item1, one.Item2, one.Item3, one.Item4 == 0 ? "apart" : null))];
            // Who would meet at the end or met at the beginning is not kept apart.
            for (int i = 0; i < guests.Length; i++)
            {
                if (guests.Take(i).Any(other => other.Apart is not null && (other.At == guests[i].At || other.Wanted == guests[i].Wanted)))
                {
                    guests[i] = guests[i] with { Apart = null };
                }
            }

            long[] free = [.. spare.Select((room, host) => room + Math.Max(
                0, guests.Where(guest => guest.Wanted == host).Sum(guest => guest.MemoryMB) - guests.Where(guest => guest.At == host).Sum(guest => guest.MemoryMB)))];
            return (guests, new SequenceRules(free));
        });

    private static SequenceGuest Guest(string name, long memoryMB, int at, int wanted) => new(name, memoryMB, at, wanted);

    private static MoveSequence Find(long[] free, params SequenceGuest[] guests) =>
        MoveSequencer.Find(guests, new SequenceRules(free), CancellationToken.None);

    private static IEnumerable<string> Words(MoveSequence sequence, params string[] names) =>
        sequence.Moves.Select(move => $"{names[move.Guest]} to {move.To}");
}
