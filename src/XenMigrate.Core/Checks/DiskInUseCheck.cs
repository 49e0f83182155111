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
        Finding? open = null;
        foreach (HostFacts host in new[] { pair.Source, pair.Destination })
        {
            if (host.Guests.Value is not { } guests)
            {
                return Unknown(host.Guests);
            }

            foreach (Guest other in guests.Where(other => IsAnother(other, guest, ReferenceEquals(host, pair.Source))))
            {
                foreach ((GuestDisk own, GuestDisk taken) in guest.Disk.SelectMany(own => other.Disk.Select(taken => (own, taken))))
                {
                    bool mayWriteBoth = !own.ReadOnly && !taken.ReadOnly && !(own.Shared && taken.Shared);
                    bool? isOne = SameDisk.On(host, own, taken);
                    if (isOne == true && mayWriteBoth)
                    {
                        return Failed(host, guest, other, own, taken);
                    }

                    mild ??= isOne == true && own.ReadOnly != taken.ReadOnly ? Mixed(host, guest, other, own, taken) : null;
                    open ??= isOne is null && (mayWriteBoth || own.ReadOnly != taken.ReadOnly) ? Unanswered(host, guest, other, own, taken) : null;
                }

                if (!other.IsDescribed || DiskAnswers.Pathless(other) is not null)
                {
                    closed.Add(other);
                }
            }
        }

        if (mild is null && DiskAnswers.Pathless(guest) is { } pathless)
        {
            return Skipped($"Where disk {pathless.VirtualDevice} lies is not told: see XM-STO-01.");
        }

        return mild ?? open ?? (closed.Count > 0
            ? Undescribed(pair, closed[0])
            : Passed($"No other guest on {pair.Source.Host} and {pair.Destination.Host} uses a disk of {guest.Name}.", pair.Destination.Guests.Evidence));
    }

    /// <summary>A copy of the guest itself is what XM-NAM-01 and XM-NAM-02 are about.</summary>
    private static bool IsAnother(Guest other, Guest guest, bool isAtSource) =>
        other is { IsControlDomain: false, Id: not null }
        && (guest.Uuid is null || other.Uuid != guest.Uuid)
        && !(isAtSource && other.Id == guest.Id)
        && other.State is not (GuestState.Incoming or GuestState.MigratedAway or GuestState.Migrating);

    /// <summary>The disk as both guests call it.</summary>
    private static string Names(GuestDisk own, GuestDisk taken) => own.Path == taken.Path ? $"{own.Path}" : $"{taken.Path} (that is {own.Path})";

    private static Finding Failed(HostFacts host, Guest guest, Guest other, GuestDisk own, GuestDisk taken) => new(
        CheckStatus.Failed, $"{other.Name} (id {other.Id}) on {host.Host} writes {Names(own, taken)} too, which is a disk of {guest.Name}.")
    {
        Expected = "one guest that writes it",
        Actual = $"{guest.Name} and {other.Name}",
        Remediation = $"Find out whose it is. If {other.Name} does not need it, on {host.Host}: {other.Toolstack.Tool()} block-detach {other.Id} DEVICE. "
            + "If both are made for it (a cluster's disk), say so in their configurations (mode w!).",
        Evidence = host.Guests.Evidence,
    };

    private static Finding Unanswered(HostFacts host, Guest guest, Guest other, GuestDisk own, GuestDisk taken) => new(
        CheckStatus.Warning,
        $"{host.Host} does not tell whether {taken.Path} of {other.Name} (id {other.Id}) is {own.Path}, a disk of {guest.Name}, by another name.")
    {
        Expected = "two files or devices",
        Actual = $"{taken.Path} and {own.Path}",
        Remediation = $"See, on {host.Host}: stat -L -c '%d %i %t:%T' {taken.Path} {own.Path}",
        Evidence = SameDisk.Untold(host, own, taken) ?? host.Guests.Evidence,
    };

    private static Finding Mixed(HostFacts host, Guest guest, Guest other, GuestDisk own, GuestDisk taken) => new(
        CheckStatus.Warning,
        own.ReadOnly
            ? $"{other.Name} (id {other.Id}) on {host.Host} writes {Names(own, taken)}, which {guest.Name} reads."
            : $"{other.Name} (id {other.Id}) on {host.Host} reads {Names(own, taken)}, which {guest.Name} writes.")
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
