namespace XenMigrate;

/// <summary>A host that guests may be moved to.</summary>
public sealed record FleetHost
{
    public required string ComputerName { get; init; }

    /// <summary>What it has free before the first guest comes, MiB.</summary>
    public long FreeMemoryMB { get; init; }

    /// <summary>The words of those guests it has already that others are kept apart from.</summary>
    public IReadOnlyList<string> Apart { get; init => field = value.Indexed(); } = IndexedList<string>.None;

    public override string ToString() => $"{ComputerName} ({FreeMemoryMB} MiB free)";
}
