namespace XenMigrate.Fleet.Sequencing;

/// <summary>
/// Finds moves from one placement to another, one after the other, so that at each of them its destination has room. Guests
/// go where they are to be as soon as that host can have them; where guests are in each other's way, the one that costs
/// least goes by a third host.
/// </summary>
/// <remarks>
/// To find a sequence is as hard as to pack boxes, so for many hosts it is looked for, not proved. A few guests are looked at
/// exhaustively where looking did not find one, or one that copies more than it must.
/// </remarks>
internal static class MoveSequencer
{
    // Each goes other ways where several cost nearly the same. The more guests, the fewer: chance evens out among many.
    private const int MostAttempts = 64;
    private const int FewestAttempts = 4;

    // A second or two.
    private const int MostPlacements = 300_000;

    /// <summary>The moves; with guests that are saved in between only if no sequence of live moves is found.</summary>
    /// <exception cref="ArgumentException">Where guests are to be, they would not fit, or would be with others that they are kept apart from.</exception>
    public static MoveSequence Find(IReadOnlyList<SequenceGuest> guests, SequenceRules rules, CancellationToken cancellationToken)
    {
        Refuse(guests, rules);
        long least = guests.Where(guest => guest.At != guest.Wanted).Sum(guest => guest.MemoryMB);
        FleetState? best = Attempt(guests, rules, least, maySave: false, cancellationToken);
        if (best?.CopiedMB == least)
        {
            return Sequence(best, least, proved: true);
        }

        ExactSequence exact = new(guests, rules, MostPlacements, cancellationToken);
        if (exact.Find(maySave: false, best?.CopiedMB ?? long.MaxValue) is { } found)
        {
            return Sequence(found, least, proved: true);
        }

        return best is not null
            ? Sequence(best, least, exact.Finished)
            : Saving(guests, rules, least, exact, cancellationToken);
    }

    private static MoveSequence Saving(
        IReadOnlyList<SequenceGuest> guests, SequenceRules rules, long least, ExactSequence exact, CancellationToken cancellationToken)
    {
        bool impossible = exact.Finished;
        if (impossible && exact.Find(maySave: true, long.MaxValue) is { } found)
        {
            return Sequence(found, least, proved: true);
        }

        FleetState best = Attempt(guests, rules, least, maySave: true, cancellationToken)
            ?? throw new InvalidOperationException("A fleet whose guests may all be saved was not brought home.");
        return Sequence(best, least, proved: false);
    }

    /// <summary>The best of some attempts: with the fewest saved guests, and of those with the least copied; null if none ends.</summary>
    private static FleetState? Attempt(
        IReadOnlyList<SequenceGuest> guests, SequenceRules rules, long least, bool maySave, CancellationToken cancellationToken)
    {
        FleetState? best = null;
        long attempts = Math.Min(MostAttempts, Math.Max(FewestAttempts, 1_000_000 / Math.Max(1L, (long)guests.Count * rules.FreeMemoryMB.Count)));
        for (int attempt = 0; attempt < attempts && best?.CopiedMB != least; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FleetState state = new(guests, rules);
            if (new SequenceAttempt(state, attempt, maySave, cancellationToken).Run()
                && (best is null || (Offline(state).Count, state.CopiedMB).CompareTo((Offline(best).Count, best.CopiedMB)) < 0))
            {
                best = state;
            }
        }

        return best;
    }

    private static MoveSequence Sequence(FleetState state, long least, bool proved) => new(state.Moves, Offline(state), state.CopiedMB, least, proved);

    private static IReadOnlyList<int> Offline(FleetState state) => [.. state.Moves.Where(move => move.To is null).Select(move => move.Guest).Distinct()];

    private static void Refuse(IReadOnlyList<SequenceGuest> guests, SequenceRules rules)
    {
        long[] left = [.. rules.FreeMemoryMB];
        for (int guest = 0; guest < guests.Count; guest++)
        {
            left[guests[guest].At] += guests[guest].MemoryMB;
            left[guests[guest].Wanted] -= guests[guest].MemoryMB;
            if (guests[guest].At != guests[guest].Wanted && !rules.MayGo(guest, guests[guest].Wanted))
            {
                throw new ArgumentException($"{guests[guest].Name} may not go where it is to be.", nameof(guests));
            }
        }

        bool clash = guests.Where(guest => guest.Apart is not null)
            .GroupBy(guest => (guest.Wanted, guest.Apart!.ToUpperInvariant())).Any(group => group.Skip(1).Any());
        if (clash || left.Any(free => free < 0))
        {
            throw new ArgumentException("Where the guests are to be, they can't be together.", nameof(guests));
        }
    }
}
