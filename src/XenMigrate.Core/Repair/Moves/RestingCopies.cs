namespace XenMigrate.Repair.Moves;

/// <summary>What to do where no copy of a guest runs: which one has all of its memory, and can be woken.</summary>
internal sealed class RestingCopies(HostView source, HostView destination, MoveKnowledge known)
{
    public Settlement Settle()
    {
        Guest? kept = source.Own ?? source.MigratedAway;
        bool isUnusual = source.Incoming is not null || destination.MigratedAway is not null
            || source.Others.Count + destination.Others.Count > 0
            || (source.Own is not null && source.MigratedAway is not null);
        if (isUnusual)
        {
            return Leave("No copy runs, and which one is whole can't be told");
        }

        return (kept, destination.Own, destination.Incoming) switch
        {
            (null, null, null) => Leave("No host has the guest: it ended, or was taken away"),
            (null, { Activity: GuestState.Paused } there, null) => new Settlement([Unpause(destination, there, "no other copy exists")]),
            (null, null, { Activity: GuestState.Paused } came) when known.GaveAway(came) => new Settlement(
            [
                Unpause(destination, came, $"{source.Host} gave it away, with all of its memory"),
                .. Settlement.NameBack(new StaleCopy(destination.Host, came)),
            ]),
            (null, null, { Activity: GuestState.Paused } half) when half.Id == known.CutOff => new Settlement(
            [
                Settlement.TakeAway(new StaleCopy(destination.Host, half), known, $"{source.Host} was booted in mid-move, so the rest of its memory never comes"),
            ])
            {
                LeavesNone = true,
            },
            (null, null, { } came) => Leave($"{came.Name} may be half a guest, or older than it: whether {source.Host} gave the guest away can't be told"),
            ({ } left, null, null) when !known.WasKept && source.MayHaveGiven(left) => Leave(
                $"{source.Host} sent the guest to {destination.Host}, which has it no more: if it ran there, what is left is older than its disks, and nobody can tell whether it did"),
            ({ } left, null, null) => Revive(left, []),
            // The source never gave it away, so what the destination has never ran.
            ({ } left, null, { } half) => Revive(left, [Destroy(destination, half, "its source has all of the guest, and never gave it away")]),
            ({ } away, { } there, null) => Both(away, there),
            _ => Leave("No copy runs, and which one is whole can't be told"),
        };
    }

    /// <summary>
    /// Both may have all of it. The receiver of a live move gives the copy its name only when it may start it; an offline move
    /// has its source paused and named for the way until the destination's copy was seen.
    /// </summary>
    private Settlement Both(Guest away, Guest there) => (away.State, away.Activity, there.Activity) switch
    {
        (GuestState.MigratedAway, GuestState.Suspended, GuestState.Paused) => new Settlement(
        [
            Unpause(destination, there, $"{source.Host} gave it away, with all of its memory"),
            Destroy(source, away, $"the guest is {destination.Host}'s"),
        ]),
        (GuestState.MigratedAway, GuestState.Paused, GuestState.Paused) when there.NeverRan =>
            Revive(away, [Destroy(destination, there, NeverRan())]),
        // libvirt's source keeps the name, and its destination waits for virsh's word, which does not come any more.
        (not GuestState.MigratedAway, GuestState.Suspended, GuestState.Paused) when there is { NeverRan: true, Toolstack: not ToolstackKind.Xend } =>
            Revive(away, [Destroy(destination, there, NeverRan())]),
        _ => Leave("No copy runs, and which one the disks belong to can't be told"),
    };

    private string NeverRan() => $"it never ran, and {source.Host} has all of the guest";

    /// <param name="kept">What goes on.</param>
    /// <param name="after">What goes away once it does: before, it is what proves that no other copy ran.</param>
    private Settlement Revive(Guest kept, IEnumerable<CopyStep> after)
    {
        // xend of Xen 3.0.3 gives a guest that stays its name back, and forgets to wake it.
        bool isXend = kept.Toolstack == ToolstackKind.Xend;
        CopyAction? wake = kept.Activity switch
        {
            GuestState.Paused when known.WasOffline || kept.State is GuestState.MigratedAway or GuestState.Migrating => CopyAction.Unpause,
            GuestState.Suspended or GuestState.ShutDown when isXend => CopyAction.Unpause,
            GuestState.Suspended when known.Waking is not null => CopyAction.Resume,
            _ => null,
        };

        return wake is { } action
            ? new Settlement(
            [
                new CopyStep(action, source.Host, kept, "it has all of the guest's memory") { Waking = known.Waking },
                .. after,
                .. Settlement.NameBack(new StaleCopy(source.Host, kept)),
            ])
            : Leave(kept.Activity switch
            {
                GuestState.Paused => "The guest is paused, and a live move pauses none: whoever did it may have wanted it",
                GuestState.Suspended => $"{source.Host} has no command that is known to wake a suspended guest, so no copy is destroyed",
                _ => "The guest does not run, and no move leaves one so",
            });
    }

    private Settlement Leave(string why) => Settlement.Leave(why, source, destination);

    private static CopyStep Unpause(HostView view, Guest copy, string why) => new(CopyAction.Unpause, view.Host, copy, why);

    private static CopyStep Destroy(HostView view, Guest copy, string why) => new(CopyAction.Destroy, view.Host, copy, why);
}
