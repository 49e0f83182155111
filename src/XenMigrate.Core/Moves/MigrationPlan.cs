namespace XenMigrate;

/// <summary>A move as it would be done, with what the checks say of it. Making one changes nothing.</summary>
public sealed record MigrationPlan
{
    public required Guest Guest { get; init; }

    public required string Source { get; init; }

    public required string Destination { get; init; }

    public MigrationMode Mode { get; init; }

    /// <summary>What the source calls the destination.</summary>
    public required string MigrationAddress { get; init; }

    /// <summary>What has to be sent at least, MiB.</summary>
    public long MemoryMB => Guest.MemoryMB;

    public required MigrationReport Report { get; init; }

    /// <summary>Whether nothing speaks against it.</summary>
    public bool IsReady => Report.IsReady;

    internal HostSession SourceHost { get; init; } = null!;

    internal HostSession DestinationHost { get; init; } = null!;

    /// <summary>The source as journals know it.</summary>
    internal NamedHost From => SourceHost?.Named ?? Source;

    /// <summary>The destination as journals know it.</summary>
    internal NamedHost To => DestinationHost?.Named ?? Destination;

    internal PairFacts Facts { get; init; } = null!;

    /// <summary>The connection by which the way was tried, and which the transfer goes by; null for none.</summary>
    internal SharedConnection? Connection => Facts.Ssh.Value?.Connection;

    /// <summary>What the transfer is told; null if it is one that can't be told anything.</summary>
    internal PreCopyOptions? PreCopy { get; init; }

    /// <summary>The save helpers that the move goes by; null for the toolstack's own.</summary>
    internal HelperPair? Helpers { get; init; }

    /// <summary>What earlier moves of such guests between these hosts stood still for; null if no journal tells.</summary>
    internal DowntimeParts? PastDowntime { get; init; }

    /// <summary>What speaks for a look, and against nothing; null for nothing.</summary>
    internal string? Warning { get; init; }

    internal CheckSelection Selection { get; init; } = CheckSelection.Everything;

    internal CheckSettings CheckSettings { get; init; } = CheckSettings.Default;

    public override string ToString() => $"{Guest.Name} ({MemoryMB} MiB, {Mode}) from {Source} to {Destination}";
}
