namespace XenMigrate.Fleet.Sequencing;

/// <summary>
/// Looks at all placements that can be reached, cheapest first (A*: what is not home yet has to be copied once more), for few
/// hosts and guests only: the placements are as many as hosts to the power of guests.
/// </summary>
/// <param name="guests">The guests.</param>
/// <param name="rules">What hosts have left, and who may go where.</param>
/// <param name="most">So many placements are looked at.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class ExactSequence(IReadOnlyList<SequenceGuest> guests, SequenceRules rules, int most, CancellationToken cancellationToken)
{
    // A placement is a number: four bits for each guest's host, 15 for one that is saved.
    private const int Bits = 4;
    private const int MostGuests = 64 / Bits;
    private const int SavedDigit = (1 << Bits) - 1;

    // A guest that is saved costs more than all that could be copied instead.
    private const double CostOfSaving = 1e12;

    /// <summary>Whether all placements were looked at, so that what was not found is not there.</summary>
    public bool Finished { get; private set; }

    /// <summary>The cheapest sequence below a limit; null if there is none, or too much to look at.</summary>
    public FleetState? Find(bool maySave, double limit)
    {
        Finished = false;
        if (guests.Count > MostGuests || rules.FreeMemoryMB.Count >= SavedDigit)
        {
            return null;
        }

        ulong start = Enumerable.Range(0, guests.Count).Aggregate(0UL, (placement, guest) => With(placement, guest, guests[guest].At));
        ulong wanted = Enumerable.Range(0, guests.Count).Aggregate(0UL, (placement, guest) => With(placement, guest, guests[guest].Wanted));
        if (Least(start) >= limit)
        {
            Finished = true;
            return null;
        }

        Dictionary<ulong, (double Cost, ulong From)> seen = new() { [start] = (0, start) };
        SortedSet<(double Estimate, int Number, ulong Placement)> open = [(Least(start), 0, start)];
        int number = 0;
        while (open.Count > 0 && seen.Count < most)
        {
            (double estimate, _, ulong placement) = open.Min;
            _ = open.Remove(open.Min);
            double cost = seen[placement].Cost;
            if (placement == wanted)
            {
                Finished = true;
                return Replay(placement, seen);
            }

            if (estimate > cost + Least(placement))
            {
                // Reached more cheaply since.
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            foreach ((ulong next, double step) in Next(placement, maySave))
            {
                double sum = cost + step;
                double whole = sum + Least(next);
                if (whole < limit && (!seen.TryGetValue(next, out (double Cost, ulong From) known) || sum < known.Cost))
                {
                    seen[next] = (sum, placement);
                    _ = open.Add((whole, ++number, next));
                }
            }
        }

        Finished = open.Count == 0;
        return null;
    }

    private IEnumerable<(ulong Placement, double Cost)> Next(ulong placement, bool maySave)
    {
        long[] free = [.. rules.FreeMemoryMB];
        for (int guest = 0; guest < guests.Count; guest++)
        {
            free[guests[guest].At] += guests[guest].MemoryMB;
            if (Host(placement, guest) is >= 0 and var host)
            {
                free[host] -= guests[guest].MemoryMB;
            }
        }

        for (int guest = 0; guest < guests.Count; guest++)
        {
            int at = Host(placement, guest);
            for (int host = 0; host < free.Length; host++)
            {
                // A saved guest is restored where it is to be, and nowhere else.
                if (host != at && (at >= 0 || host == guests[guest].Wanted) && free[host] >= guests[guest].MemoryMB
                    && !Clashes(placement, guest, host) && rules.MayGo(guest, host))
                {
                    yield return (With(placement, guest, host), guests[guest].MemoryMB);
                }
            }

            if (maySave && at >= 0)
            {
                yield return (With(placement, guest, FleetState.Saved), CostOfSaving);
            }
        }
    }

    private bool Clashes(ulong placement, int guest, int host) => guests[guest].Apart is { } word
        && Enumerable.Range(0, guests.Count).Any(other =>
            other != guest && Host(placement, other) == host && string.Equals(guests[other].Apart, word, StringComparison.OrdinalIgnoreCase));

    private double Least(ulong placement)
    {
        double sum = 0;
        for (int guest = 0; guest < guests.Count; guest++)
        {
            sum += Host(placement, guest) == guests[guest].Wanted ? 0 : guests[guest].MemoryMB;
        }

        return sum;
    }

    private FleetState Replay(ulong placement, Dictionary<ulong, (double Cost, ulong From)> seen)
    {
        Stack<ulong> way = new();
        for (ulong at = placement; ; at = seen[at].From)
        {
            way.Push(at);
            if (seen[at].From == at)
            {
                break;
            }
        }

        FleetState state = new(guests, rules);
        foreach (ulong step in way.Skip(1))
        {
            int guest = Enumerable.Range(0, guests.Count).Single(guest => Host(step, guest) != state.At(guest));
            state.Move(guest, Host(step, guest));
        }

        return state;
    }

    private static int Host(ulong placement, int guest) =>
        ((int)(placement >> (guest * Bits)) & SavedDigit) is var digit && digit == SavedDigit ? FleetState.Saved : digit;

    private static ulong With(ulong placement, int guest, int host) =>
        (placement & ~((ulong)SavedDigit << (guest * Bits))) | ((ulong)(host == FleetState.Saved ? SavedDigit : host) << (guest * Bits));
}
