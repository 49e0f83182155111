namespace XenMigrate.Repair;

/// <summary>
/// Which copies of a guest are of no use to anybody, judged from what both hosts hold. Only where the guest itself is
/// seen, under its own name and on one host alone, can a copy be spared: else it may be all that there is.
/// </summary>
/// <param name="Stale">The copies that can go, with their hosts.</param>
/// <param name="Keeper">The guest itself.</param>
/// <param name="Why">Why none can; null if some can.</param>
internal sealed record LeftoverDecision(IReadOnlyList<StaleCopy> Stale, StaleCopy? Keeper, string? Why = null)
{
    public static LeftoverDecision Of(HostView source, HostView destination)
    {
        if (!source.Answered || !destination.Answered)
        {
            return Nothing($"Who has the guest can't be told: {source}; {destination}.");
        }

        HostView[] owners = [.. new[] { source, destination }.Where(view => view.Own is not null)];
        if (owners.Length != 1)
        {
            return Nothing(owners.Length == 0
                ? $"No host has the guest under its own name, so what is left may be the only copy: {source}; {destination}. {Verdict.Of(source, destination).Advice}"
                : $"Both hosts have the guest under its own name: {source}; {destination}. Find out which copy is the right one first.");
        }

        StaleCopy keeper = new(owners[0].Host, owners[0].Own!);
        StaleCopy[] others = [.. Others(source).Concat(Others(destination))];
        if (others.FirstOrDefault(copy => copy.Guest.OwnName() == copy.Guest.Name) is { } second)
        {
            return Nothing($"{second} has the guest's uuid and is no leftover by its name: {source}; {destination}. Find out which copy is the right one first.");
        }

        if (others.FirstOrDefault(copy => copy.Guest.Activity.IsAlive()) is { } running)
        {
            return Nothing($"{running} runs, as it must not: {source}; {destination}. Find out which copy is the right one first.");
        }

        if (others.FirstOrDefault(copy => copy.Guest.Activity == GuestState.Dying) is { } dying)
        {
            return Nothing($"{dying} is being taken away already: look again in a minute.");
        }

        return keeper.Guest.Activity.IsAlive() || NeverGiven(keeper, others)
            ? new LeftoverDecision(others, keeper)
            : Nothing($"{keeper} does not run, so what else there is may be the right copy: {source}; {destination}.");
    }

    /// <summary>What comes in elsewhere can't have run while the source's own copy keeps its name, paused or not.</summary>
    private static bool NeverGiven(StaleCopy keeper, IEnumerable<StaleCopy> others) => keeper.Guest.Activity == GuestState.Paused
        && others.All(copy => copy.Host != keeper.Host && copy.Guest.State == GuestState.Incoming);

    private static IEnumerable<StaleCopy> Others(HostView view) =>
        view.Copies.Where(guest => guest != view.Own).Select(guest => new StaleCopy(view.Host, guest));

    private static LeftoverDecision Nothing(string why) => new([], null, why);
}

/// <summary>A copy of a guest, and where it is.</summary>
internal sealed record StaleCopy(string Host, Guest Guest)
{
    /// <summary>Whether it is the very same one, in the same state.</summary>
    public bool Is(StaleCopy other) =>
        (Host, Guest.Id, Guest.Name, Guest.Activity) == (other.Host, other.Guest.Id, other.Guest.Name, other.Guest.Activity);

    public override string ToString() => $"{Guest.Name} on {Host} (id {Guest.Id}, {Guest.Activity})";
}
