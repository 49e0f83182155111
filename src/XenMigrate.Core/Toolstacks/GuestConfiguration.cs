namespace XenMigrate.Toolstacks;

/// <summary>A guest's configuration, as far as every toolstack keeps it. Memory is in MiB.</summary>
internal abstract record GuestConfiguration
{
    public string? Name { get; init; }

    public Guid? Uuid { get; init; }

    public GuestType Type { get; init; }

    public long? MaximumMemoryMB { get; init; }

    public int? MaximumVCpu { get; init; }

    public IReadOnlyList<GuestDisk> Disks { get; init; } = [];

    public IReadOnlyList<GuestNetworkInterface> NetworkInterfaces { get; init; } = [];

    public IReadOnlyList<string> PassthroughDevices { get; init; } = [];
}
