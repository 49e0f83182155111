namespace XenMigrate.Checks;

/// <summary>Two guests that write one disk destroy it, unless they know of each other.</summary>
internal sealed class DiskInUseCheck()
    : GuestCheck("XM-STO-07", "No other guest uses a disk of the guest", CheckCategory.Storage, "DiskInUse")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        List<Guest> closed = [];
        Finding? mild = null;
        foreach (HostFacts host in new[] { pair.Source, pair.Destination })
        {
            if (host.Guests.Value is not { } guests)
            {
                return Unknown(host.Guests);
            }

            foreach (Guest other in guests.Where(other => IsAnother(other, guest, ReferenceEquals(host, pair.Source))))
            {
                foreach ((GuestDisk own, GuestDisk taken) in Common(guest, other))
                {
                    if (!own.ReadOnly && !taken.ReadOnly && !(own.Shared && taken.Shared))
                    {
                        return Failed(host, guest, other, own);
                    }

                    mild ??= own.ReadOnly == taken.ReadOnly ? null : Mixed(host, guest, other, own);
                }

                if (!other.IsDescribed)
                {
                    closed.Add(other);
                }
            }
        }

        if (mild is null && DiskAnswers.Pathless(guest) is { } pathless)
        {
            return Skipped($"Where disk {pathless.VirtualDevice} lies is not told: see XM-STO-01.");
        }

        return mild ?? (closed.Count > 0
            ? Undescribed(pair, closed[0])
            : Passed($"No other guest on {pair.Source.Host} and {pair.Destination.Host} uses a disk of {guest.Name}.", pair.Destination.Guests.Evidence));
    }

    /// <summary>A copy of the guest itself is what XM-NAM-01 and XM-NAM-02 are about.</summary>
    private static bool IsAnother(Guest other, Guest guest, bool isAtSource) =>
        other is { IsControlDomain: false, Id: not null }
        && (guest.Uuid is null || other.Uuid != guest.Uuid)
        && !(isAtSource && other.Id == guest.Id)
        && other.State is not (GuestState.Incoming or GuestState.MigratedAway or GuestState.Migrating);

    private static IEnumerable<(GuestDisk Own, GuestDisk Taken)> Common(Guest guest, Guest other) =>
        from own in guest.Disk
        from taken in other.Disk
        where own.Path is not null && own.Path == taken.Path && own.Script == taken.Script && own.BackendDomain == taken.BackendDomain
        select (own, taken);

    private static Finding Failed(HostFacts host, Guest guest, Guest other, GuestDisk disk) => new(
        CheckStatus.Failed, $"{other.Name} (id {other.Id}) on {host.Host} writes {disk.Path} too, which is a disk of {guest.Name}.")
    {
        Expected = "one guest that writes it",
        Actual = $"{guest.Name} and {other.Name}",
        Remediation = $"Find out whose it is. If {other.Name} does not need it, on {host.Host}: {other.Toolstack.Tool()} block-detach {other.Id} DEVICE. "
            + "If both are made for it (a cluster's disk), say so in their configurations (mode w!).",
        Evidence = host.Guests.Evidence,
    };

    private static Finding Mixed(HostFacts host, Guest guest, Guest other, GuestDisk disk) => new(
        CheckStatus.Warning,
        disk.ReadOnly
            ? $"{other.Name} (id {other.Id}) on {host.Host} writes {disk.Path}, which {guest.Name} reads."
            : $"{other.Name} (id {other.Id}) on {host.Host} reads {disk.Path}, which {guest.Name} writes.")
    {
        Expected = "one guest that uses it",
        Actual = $"{guest.Name} and {other.Name}",
        Remediation = $"The one that reads sees no consistent file system. On {host.Host}: {other.Toolstack.Tool()} block-list {other.Id}",
        Evidence = host.Guests.Evidence,
    };

    private static Finding Undescribed(PairFacts pair, Guest other) => new(
        CheckStatus.Warning, $"{other.ComputerName} does not tell which disks {other.Name} (id {other.Id}) has.")
    {
        Expected = "the disks of every guest",
        Actual = $"no configuration of {other.Name}",
        Remediation = $"See, on {other.ComputerName}: {other.Toolstack.Tool()} list --long {other.Id}; or {other.Toolstack.Tool()} block-list {other.Id}",
        Evidence = other.ComputerName == pair.Source.Host ? pair.Source.Guests.Evidence : pair.Destination.Guests.Evidence,
    };
}
