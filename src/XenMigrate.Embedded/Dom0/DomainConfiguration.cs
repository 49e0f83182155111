namespace XenMigrate.Embedded.Dom0;

/// <summary>A guest's configuration, as an xm file or xend's own S-expression has it.</summary>
internal sealed record DomainConfiguration(string Name, Guid Uuid, int MemoryMB)
{
    public int VirtualCpus { get; init; } = 1;

    public IReadOnlyList<XmInterface> Interfaces { get; init; } = [];

    public IReadOnlyList<XmDisk> Disks { get; init; } = [];

    /// <summary>PCI devices of the host that are given to it: 0000:00:1b.0.</summary>
    public IReadOnlyList<string> HostDevices { get; init; } = [];

    /// <summary>Whether it must stay where it is. xend knows that since Xen 4.0.</summary>
    public bool MayNotMove { get; init; }

    /// <summary>The kernel's command line; what an embedded guest does all day is told there.</summary>
    public string Extra { get; init; } = "";

    public int Pages => MemoryMB * (1024 * 1024 / GuestMemory.PageSize);

    /// <summary>"dirty=64 working-set=32": MiB written a second, round and round over so many MiB.</summary>
    public GuestWorkload Workload => new(
        (int)(Megabytes("working-set", 32) * 1024 * 1024 / GuestMemory.PageSize), (long)(Megabytes("dirty", 0) * 1024 * 1024));

    private double Megabytes(string name, double otherwise) => Extra
        .Split(' ')
        .Select(word => word.Split('=', 2))
        .Where(pair => pair.Length == 2 && pair[0] == name)
        .Select(pair => double.TryParse(pair[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            ? Math.Min(value, 4096)
            : otherwise)
        .FirstOrDefault(otherwise);
}

/// <summary>A network interface of a guest.</summary>
internal sealed record XmInterface(string Mac, string Bridge);

/// <summary>A disk of a guest: "tap:aio:/path", "xvda", "w".</summary>
internal sealed record XmDisk(string Name, string Device, string Mode)
{
    public string Path => Name[(Name.LastIndexOf(':') + 1)..];

    /// <summary>Whether blktap serves it.</summary>
    public bool IsTap => Name.StartsWith("tap:", StringComparison.Ordinal);
}
