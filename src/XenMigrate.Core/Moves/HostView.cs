namespace XenMigrate.Moves;

/// <summary>
/// What one host holds of a guest that was moved, or why it could not be asked. A guest is its uuid: whatever somebody
/// called it meanwhile, it is found.
/// </summary>
/// <param name="Host">The host.</param>
/// <param name="Problem">Why it could not be asked; null if it was.</param>
/// <param name="Own">The guest under a name of its own.</param>
/// <param name="Incoming">The half-made copy, NAME--incoming; with xend one that has the guest's name, and no processors.</param>
/// <param name="MigratedAway">What was given away, NAME--migratedaway; with xend what is being given away, migrating-NAME.</param>
internal sealed record HostView(string Host, string? Problem, Guest? Own, Guest? Incoming, Guest? MigratedAway)
{
    /// <summary>What has the guest's uuid besides: no move leaves two copies of one kind on a host.</summary>
    public IReadOnlyList<Guest> Others { get; init; } = [];

    /// <summary>The guest's uuid, if every guest of the host shows its own: only then having nothing of it means that.</summary>
    public Guid? Absence { get; init; }

    /// <summary>The guest as it was when it was looked at before the move; null if that is not known.</summary>
    private Guest? Before { get; init; }

    public bool Answered => Problem is null;

    public bool IsEmpty => !Copies.Any();

    public IEnumerable<Guest> Copies => new[] { Own, Incoming, MigratedAway }.OfType<Guest>().Concat(Others);

    public static HostView Silent(string host, string problem) => new(host, problem, null, null, null);

    public static HostView Of(string host, IReadOnlyList<Guest> guests, Guest moved)
    {
        // What xend goes on managing of a guest that is not there any more has no domain id, and is no copy.
        Guest[] there = [.. guests.Where(guest => guest.Id is not null)];
        List<Guest> copies = [.. there.Where(guest => IsCopy(guest, moved))];
        Guest? own = Take(guest => guest.State != GuestState.Incoming && IsCalled(guest, moved))
            ?? Take(guest => guest.State != GuestState.Incoming && guest.OwnName() == guest.Name);
        Guest? incoming = Take(guest => guest.State == GuestState.Incoming);
        Guest? away = Take(guest => guest.State is GuestState.MigratedAway or GuestState.Migrating);
        return new HostView(host, null, own, incoming, away)
        {
            Others = copies,
            Absence = Array.TrueForAll(there, guest => guest.IsControlDomain || guest.Uuid is not null) ? moved.Uuid : null,
            Before = moved,
        };

        Guest? Take(Func<Guest, bool> isIt)
        {
            Guest? found = copies.Find(guest => isIt(guest));
            _ = found is not null && copies.Remove(found);
            return found;
        }
    }

    /// <summary>Whether it is the very domain that was to be moved, under its name: nobody renamed it or booted it again.</summary>
    public bool IsUntouched(Guest own) => Before is null || Changes(own).Length == 0;

    /// <summary>
    /// Whether a copy that was suspended to be sent may have been let run at the other end since. xl gives it another name
    /// before it lets that happen, and its own back if it did not; xend gives it back too. libvirt says nothing.
    /// </summary>
    public bool MayHaveGiven(Guest copy) => copy.Activity is GuestState.Suspended or GuestState.ShutDown
        && (copy.State is GuestState.MigratedAway or GuestState.Migrating || Before?.Toolstack == ToolstackKind.Libvirt);

    public override string ToString() => Problem is not null
        ? $"{Host} could not be asked ({Problem})"
        : IsEmpty
            ? $"{Host} has nothing of it"
            : $"{Host} has " + string.Join(
                ", ",
                Copies.Select(guest => $"{guest.Name} (id {guest.Id}, {guest.Activity}{(IsHalf(guest) ? "; not all of its memory has come in" : "")}{Changes(guest)})"));

    private static bool IsHalf(Guest guest) => guest is { State: GuestState.Incoming, Toolstack: ToolstackKind.Xend };

    // A guest of the same name and another uuid is somebody else. A uuid that isn't known proves nothing.
    private static bool IsCopy(Guest guest, Guest moved) => guest.Uuid is { } its && moved.Uuid is { } uuid
        ? its == uuid
        : guest.Name == moved.Name
            || guest.Name == moved.Name + CopyNames.IncomingSuffix
            || guest.Name == moved.Name + CopyNames.MigratedAwaySuffix
            || guest.Name == CopyNames.MigratingPrefix + moved.Name;

    // xl's table loses spaces at a name's end.
    private static bool IsCalled(Guest guest, Guest moved) => guest.Name == moved.Name || guest.Name == moved.Name.TrimEnd();

    /// <summary>What somebody else did to the guest itself since it was looked at, to be added to what it is now.</summary>
    private string Changes(Guest guest)
    {
        if (Before is not { } before)
        {
            return "";
        }

        string renamed = guest.OwnName().TrimEnd() == before.Name.TrimEnd() ? "" : $"; renamed by somebody, it was {before.Name}";
        // Ids are the host's own: elsewhere it has to have another.
        return guest == Own && before.Id is { } id && id != guest.Id && before.ComputerName == Host
            ? $"{renamed}; started anew there, it had id {id}"
            : renamed;
    }
}
