namespace XenMigrate.Fleet.Placement;

/// <summary>A guest that needs a place.</summary>
internal sealed record FleetGuest
{
    public required string Name { get; init; }

    public Guid? Uuid { get; init; }

    /// <summary>The host it is on, which is no place for it.</summary>
    public required string Source { get; init; }

    /// <summary>What it takes of its host's memory, MiB.</summary>
    public long MemoryMB { get; init; }

    /// <summary>Guests with the same word here are not put on one host; null for a guest that goes with any other.</summary>
    public string? Apart { get; init; }

    /// <summary>Bytes of memory that it writes anew in a second; null if nobody measured.</summary>
    public double? DirtyBytesPerSecond { get; init; }
}
