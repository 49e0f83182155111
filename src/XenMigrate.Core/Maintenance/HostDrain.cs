namespace XenMigrate.Maintenance;

/// <summary>A host that was emptied and not put back into service, as the journals tell it.</summary>
internal sealed record HostDrain
{
    public required NamedHost Host { get; init; }

    public string ComputerName => Host.Name;

    public DateTimeOffset BeganAt { get; init; }

    /// <summary>Whether it was empty at the end; not if some stayed, or if whoever emptied it was stopped.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The guests that left, or may have, in the order in which they did.</summary>
    public IReadOnlyList<DrainedGuest> Guest { get; init => field = value.Indexed(); } = IndexedList<DrainedGuest>.None;

    /// <summary>
    /// The journals that tell it, by what the moves that emptied it, or began to fill it again, have in common in their own; and
    /// the last line of each that was read.
    /// </summary>
    public IReadOnlyList<(Guid Operation, long Number)> Journal { get; init; } = [];

    /// <summary>What is wrong with the journals, a sentence each.</summary>
    public IReadOnlyList<string> Damage { get; init => field = value.Indexed(); } = IndexedList<string>.None;

    /// <summary>
    /// The host as all journals of a folder together tell of it; null if it is in service. Of two machines that it may be by its
    /// name, the one of which was told last.
    /// </summary>
    /// <exception cref="JournalNotReadException">One of them may not be read.</exception>
    public static HostDrain? Read(string? folder, NamedHost host) => All(folder).LastOrDefault(drain => drain.Host.Is(host));

    /// <summary>Every host that is out of service.</summary>
    /// <exception cref="JournalNotReadException">A journal may not be read.</exception>
    public static IReadOnlyList<HostDrain> All(string? folder)
    {
        List<HostDrain> open = [];
        foreach (string path in folder is null ? [] : JournalFolder.Find(DrainFolder.Of(folder)).Reverse())
        {
            JournalContent content = JournalReader.Read(path);
            if (content.Entries.OfType<JournalEntry.DrainBegun>().FirstOrDefault() is { } begun)
            {
                HostDrain? before = open.Find(drain => drain.Host.Is(begun.Host));
                HostDrain drain = (before ?? new HostDrain { Host = begun.Host, BeganAt = begun.At }) with
                {
                    Host = begun.Host.Identity == HostIdentity.Unknown && before is not null ? before.Host : begun.Host,
                    Journal = [.. before?.Journal ?? [], (begun.Operation, content.Entries[content.Entries.Count - 1].Number)],
                    Damage = [.. before?.Damage ?? [], .. content.Damage is { } damage ? [$"{path}: {damage}"] : Array.Empty<string>()],
                };
                _ = before is not null && open.Remove(before);
                if ((begun.Direction == DrainDirection.Out ? Emptied(drain, begun.Operation, content) : Filled(drain, begun.Read, content)) is { } now)
                {
                    open.Add(now);
                }
            }
        }

        return [.. open.Select(drain => drain with { Guest = Once(drain.Guest) })];
    }

    /// <summary>Each guest once, though several may have tried to move it off the host: as who did tells it.</summary>
    private static IReadOnlyList<DrainedGuest> Once(IReadOnlyList<DrainedGuest> guests) =>
    [
        .. guests.Where((guest, i) => !guests.Take(i).Any(other => other.Is(guest.Name, guest.Uuid)))
            .Select(guest => guests.Where(other => other.Is(guest.Name, guest.Uuid)).OrderBy(other => other.HasLeft).Last()),
    ];

    /// <summary>What stayed is not on the list; but nobody takes from it what another left there who empties the host too.</summary>
    private static HostDrain Emptied(HostDrain drain, Guid operation, JournalContent content)
    {
        List<DrainedGuest> guests = [];
        foreach (JournalEntry entry in content.Entries)
        {
            if (entry is JournalEntry.Leaving leaving)
            {
                _ = guests.RemoveAll(guest => guest.Is(leaving.Guest, leaving.Uuid));
                guests.Add(new DrainedGuest(leaving.Guest, leaving.Uuid, leaving.Destination, leaving.Mode) { Entry = (operation, leaving.Number) });
            }
            else if (entry is JournalEntry.Left { Outcome: MigrationOutcome.Succeeded } left)
            {
                guests = [.. guests.Select(guest => guest.Is(left.Guest, left.Uuid) ? guest with { HasLeft = true, Entry = (operation, left.Number) } : guest)];
            }
            else if (entry is JournalEntry.Left { Outcome: not (null or MigrationOutcome.Undetermined) } stayed)
            {
                _ = guests.RemoveAll(guest => guest.Is(stayed.Guest, stayed.Uuid));
            }
        }

        return drain with { Guest = [.. drain.Guest, .. guests], IsEmpty = content.Entries.OfType<JournalEntry.DrainEnded>().LastOrDefault()?.IsComplete == true };
    }

    /// <summary>
    /// Null once all are back that could come; who left after the filling had read the list, since the host was still being
    /// emptied, is none of those.
    /// </summary>
    private static HostDrain? Filled(HostDrain drain, IReadOnlyList<(Guid Operation, long Number)>? read, JournalContent content)
    {
        JournalEntry.Left[] back = [.. content.Entries.OfType<JournalEntry.Left>().Where(left => left.Outcome == MigrationOutcome.Succeeded)];
        bool isComplete = content.Entries.OfType<JournalEntry.DrainEnded>().Any(end => end.IsComplete);
        DrainedGuest[] away =
        [
            .. drain.Guest.Where(guest => isComplete
                ? read?.Any(one => one.Operation == guest.Entry.Operation && one.Number >= guest.Entry.Number) == false
                : !back.Any(left => guest.Is(left.Guest, left.Uuid))),
        ];
        return isComplete && away.Length == 0 ? null : drain with { Guest = away, IsEmpty = false };
    }
}

/// <summary>A guest that left a host when that was emptied.</summary>
/// <param name="Name">The guest's name.</param>
/// <param name="Uuid">The guest's uuid, if its toolstack has one.</param>
/// <param name="Destination">Where it went.</param>
/// <param name="Mode">How it went.</param>
internal sealed record DrainedGuest(string Name, Guid? Uuid, NamedHost Destination, MigrationMode Mode)
{
    /// <summary>Whether its move is known to have ended well.</summary>
    public bool HasLeft { get; init; }

    /// <summary>The journal, and the line of it, that told last that it leaves or has left.</summary>
    public (Guid Operation, long Number) Entry { get; init; }

    /// <summary>By name alone where no uuid is known.</summary>
    public bool Is(string name, Guid? uuid) => Uuid is null || uuid is null ? Name == name : Uuid == uuid;

    public bool Is(Guest guest) => guest.Id is not null && !guest.IsControlDomain && Is(guest.Name, guest.Uuid);
}
