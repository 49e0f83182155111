namespace XenMigrate;

/// <summary>One guest's move in a plan. Its destination may be changed before the plan is carried out.</summary>
public sealed record PlannedMove : IFleetMove
{
    /// <summary>The guest's name.</summary>
    public required string Name { get; init => field = PrintableText.Line(value); }

    public Guid? Uuid { get; init; }

    public required string Source { get; init; }

    public required string Destination { get; set; }

    /// <summary>What the guest takes of its host's memory, MiB.</summary>
    public long MemoryMB { get; init; }

    /// <summary>A move begins when all moves of lower steps have ended; those of one step may be made at a time.</summary>
    public int Step { get; set; } = 1;

    /// <summary>How it is to be moved.</summary>
    public MigrationMode Mode { get; set; }

    /// <summary>Guests with the same word here are kept on different hosts.</summary>
    public string? Apart { get; init; }

    /// <summary>How long the move takes by itself; null if the rate of the link is not known.</summary>
    public TimeSpan? PredictedDuration { get; init; }

    /// <summary>How long the guest stands still; null if that can't be told.</summary>
    public TimeSpan? PredictedDowntime { get; init; }

    /// <summary>Whether that is the guest; by name alone where no uuid is known.</summary>
    internal bool Is(Guest guest) => !guest.IsControlDomain
        && (Uuid is null || guest.Uuid is null ? guest.Name == Name : guest.Uuid == Uuid);

    public override string ToString() => $"{Name} ({MemoryMB} MiB) from {Source} to {Destination}";
}
