namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>
/// Guests of a host that has xl and libvirt. xl sees what exists and what it does, libvirt says which of them are its own
/// and what it has defined besides.
/// </summary>
internal static class LibvirtGuests
{
    public static Question<IReadOnlyList<Guest>> Question(string host, RemoteCommand command)
    {
        Question<IReadOnlyList<Guest>> xl = XlGuests.Question(host);
        return new Question<IReadOnlyList<Guest>>(
            [.. xl.Commands, command],
            results => Join(
                host,
                xl.Read([.. results.Take(xl.Commands.Count)]),
                LibvirtDomains.Read(host, command, results[xl.Commands.Count])));
    }

    private static IReadOnlyList<Guest> Join(
        string host, IReadOnlyList<Guest> guests, IReadOnlyList<LibvirtConfiguration> domains) =>
    [
        .. guests.Select(guest => domains.FirstOrDefault(domain => Describes(domain, guest)) is { } own ? Managed(guest, own) : guest),
        // What has an id here and none in xl's table ended between the two looks.
        .. domains.Where(domain => domain.Id is null).Select(domain => Defined(host, domain)),
    ];

    private static bool Describes(LibvirtConfiguration domain, Guest guest) =>
        !guest.IsControlDomain && domain.Id == guest.Id && (guest.Uuid is null || domain.Uuid is null || domain.Uuid == guest.Uuid);

    private static Guest Managed(Guest guest, LibvirtConfiguration domain)
    {
        string[] devices = [.. guest.PassthroughDevice.Concat(domain.PassthroughDevices).Distinct()];
        Guest known = guest with { Toolstack = ToolstackKind.Libvirt, Uuid = guest.Uuid ?? domain.Uuid, PassthroughDevice = devices };
        return guest.IsDescribed
            ? known with { NotMigratableReason = [.. guest.NotMigratableReason.Union(Reasons(guest.PassthroughDevice.Count > 0 ? [] : devices))] }
            : known with
            {
                IsDescribed = true,
                Type = domain.Type,
                MaximumMemoryMB = domain.MaximumMemoryMB ?? guest.MaximumMemoryMB,
                MaximumVCpu = domain.MaximumVCpu ?? guest.MaximumVCpu,
                Traits = domain.Traits,
                Disk = domain.Disks,
                NetworkInterface = domain.NetworkInterfaces,
                NotMigratableReason = [.. Reasons(devices)],
            };
    }

    private static Guest Defined(string host, LibvirtConfiguration domain) => new()
    {
        Name = domain.Name!,
        Uuid = domain.Uuid,
        State = domain.State,
        Activity = domain.State,
        IsDescribed = true,
        Type = domain.Type,
        MemoryMB = domain.MemoryMB ?? 0,
        MaximumMemoryMB = domain.MaximumMemoryMB ?? domain.MemoryMB ?? 0,
        VCpu = domain.VCpu ?? 0,
        MaximumVCpu = domain.MaximumVCpu ?? 0,
        Traits = domain.Traits,
        ComputerName = host,
        Toolstack = ToolstackKind.Libvirt,
        Disk = domain.Disks,
        NetworkInterface = domain.NetworkInterfaces,
        PassthroughDevice = domain.PassthroughDevices,
        NotMigratableReason = ["It is defined in libvirt, and does not run.", .. Reasons(domain.PassthroughDevices)],
    };

    private static IEnumerable<string> Reasons(IReadOnlyList<string> devices)
    {
        if (devices.Count > 0)
        {
            yield return "It has devices of its host: " + string.Join(", ", devices) + ".";
        }
    }
}
