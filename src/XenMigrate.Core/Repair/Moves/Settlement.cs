namespace XenMigrate.Repair.Moves;

/// <summary>
/// What makes one living copy of what both hosts hold, once nothing is under way any more. It is judged anew before each
/// step: where a step has been done, what is left of the steps is what this says then.
/// </summary>
/// <param name="Steps">What to do, in order; none if all is well.</param>
/// <param name="Why">Why nothing is done although not all is well; null otherwise.</param>
internal sealed record Settlement(IReadOnlyList<CopyStep> Steps, string? Why = null)
{
    /// <summary>Whether no copy is to be left, as none is of any use.</summary>
    public bool LeavesNone { get; init; }

    /// <param name="source">What the source holds.</param>
    /// <param name="destination">What the destination holds.</param>
    /// <param name="known">What is known of the move besides.</param>
    public static Settlement Of(HostView source, HostView destination, MoveKnowledge known)
    {
        if (!source.Answered || !destination.Answered)
        {
            return Leave("Who has the guest can't be told", source, destination);
        }

        StaleCopy[] copies = [.. Copies(source), .. Copies(destination)];
        if (copies.FirstOrDefault(copy => copy.Guest.Activity == GuestState.Dying) is { } dying)
        {
            return Leave($"{dying} is being taken away still", source, destination);
        }

        StaleCopy[] alive = [.. copies.Where(copy => copy.Guest.Activity.IsAlive())];
        Settlement settlement = alive.Length switch
        {
            0 => new RestingCopies(source, destination, known).Settle(),
            1 => Around(alive[0], copies, source, destination, known),
            _ => Leave("More than one copy runs", source, destination),
        };

        return settlement.Steps.Count > 0 && copies.Any(copy => copy.Guest.Uuid is null || copy.Guest.Uuid != copies[0].Guest.Uuid)
            ? Leave("That these are copies of one guest is not certain, since a uuid is not known", source, destination)
            : settlement;
    }

    /// <summary>What takes away a copy that is of no use to anybody.</summary>
    public static CopyStep TakeAway(StaleCopy copy, MoveKnowledge known, string why) => new(
        known.WaitsForMore && copy.Guest.Id == known.CutOff ? CopyAction.EndRestore : CopyAction.Destroy, copy.Host, copy.Guest, why);

    public static Settlement Leave(string why, HostView source, HostView destination) => new([], $"{why}: {source}; {destination}.");

    /// <summary>Gives a copy that runs its name, if it has another.</summary>
    public static IEnumerable<CopyStep> NameBack(StaleCopy copy) => copy.Guest.OwnName() == copy.Guest.Name
        ? []
        : [new CopyStep(CopyAction.Rename, copy.Host, copy.Guest, "it is the only copy that runs") { NewName = copy.Guest.OwnName() }];

    /// <summary>One copy runs: it has the guest's disks, and what stands still has only old memory.</summary>
    private static Settlement Around(
        StaleCopy keeper, IEnumerable<StaleCopy> copies, HostView source, HostView destination, MoveKnowledge known)
    {
        StaleCopy[] others = [.. copies.Where(copy => copy != keeper)];
        bool cameToLife = keeper.Guest.State == GuestState.Incoming && others.Length > 0;
        if (cameToLife || Array.Exists(others, copy => !IsStale(copy, keeper, source)))
        {
            return Leave($"{keeper} runs, and which copy the disks belong to is not certain", source, destination);
        }

        return new Settlement(
        [
            .. others.Select(copy => TakeAway(copy, known, $"the guest runs as {keeper}")),
            .. NameBack(keeper),
        ]);
    }

    private static bool IsStale(StaleCopy copy, StaleCopy keeper, HostView source)
    {
        if (copy.Guest.State is GuestState.Incoming or GuestState.MigratedAway or GuestState.Migrating)
        {
            return true;
        }

        // What was restored at the destination and never woken has memory from before the source's copy was let run again.
        if (copy.Host != source.Host && keeper.Host == source.Host && copy.Guest is { Toolstack: ToolstackKind.Xl, NeverRan: true })
        {
            return true;
        }

        // What was suspended to be sent keeps the guest's own name with libvirt, and gets it back from some versions of xend.
        // Under that name xend takes guests in, too.
        bool isXend = copy.Guest.Toolstack == ToolstackKind.Xend;
        return copy.Host != keeper.Host && (copy.Host == source.Host
            ? copy.Guest.Activity == GuestState.Suspended || (isXend && copy.Guest.Activity == GuestState.ShutDown)
            : isXend && copy.Guest.Activity == GuestState.Paused);
    }

    private static IEnumerable<StaleCopy> Copies(HostView view) => view.Copies.Select(guest => new StaleCopy(view.Host, guest));
}
