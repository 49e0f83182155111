namespace XenMigrate.Fleet.Sequencing;

/// <summary>
/// Puts the moves of a sequence into steps. Those of one step find room whichever of them comes first, so that they may be made
/// at a time; the next step counts on all that this one brought about.
/// </summary>
internal static class SequenceSteps
{
    /// <returns>The step of each move, from 1.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<SequencedMove> moves, IReadOnlyList<SequenceGuest> guests, SequenceRules rules)
    {
        FleetState state = new(guests, rules);
        Dictionary<int, long> coming = [];
        HashSet<int> moving = [];
        List<int> steps = [];
        int step = 1;
        foreach (SequencedMove move in moves)
        {
            if (moving.Contains(move.Guest) || (move.To is { } wanted && !MayCome(move.Guest, wanted)))
            {
                Begin();
            }

            _ = moving.Add(move.Guest);
            if (move.To is { } to)
            {
                coming[to] = Coming(to) + guests[move.Guest].MemoryMB;
            }

            steps.Add(step);
        }

        return steps;

        long Coming(int host) => coming.TryGetValue(host, out long memory) ? memory : 0;

        // What leaves in this step may still be there.
        bool MayCome(int guest, int host) => state.Free(host) - Coming(host) >= guests[guest].MemoryMB
            && !state.Clashes(guest, host) && !moving.Any(other => state.AreApart(guest, other));

        void Begin()
        {
            foreach (SequencedMove made in moves.Skip(state.Moves.Count).Take(steps.Count - state.Moves.Count).ToArray())
            {
                state.Move(made.Guest, made.To ?? FleetState.Saved);
            }

            coming.Clear();
            moving.Clear();
            step++;
        }
    }
}
