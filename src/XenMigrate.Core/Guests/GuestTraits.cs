namespace XenMigrate.Guests;

/// <summary>What a guest's configuration says that matters to a move only. Memory is in MiB.</summary>
internal sealed record GuestTraits
{
    /// <summary>Whether its configuration forbids that it moves: nomigrate.</summary>
    public bool MigrationDisabled { get; init; }

    public bool HasVirtualNuma { get; init; }

    /// <summary>Whether it may be a host of guests itself.</summary>
    public bool HasNestedVirtualisation { get; init; }

    /// <summary>How it gets its time stamp counter: default, native, always_emulate …; null if that is not told.</summary>
    public string? TscMode { get; init; }

    /// <summary>Memory set aside for its shadow page tables, MiB.</summary>
    public long ShadowMemoryMB { get; init; }
}
