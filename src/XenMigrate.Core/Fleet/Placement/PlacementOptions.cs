namespace XenMigrate.Fleet.Placement;

/// <summary>How places are found.</summary>
internal sealed record PlacementOptions
{
    /// <summary>Whether the checks let a guest go to a host. It is asked only of hosts with room, best first, until one will do.</summary>
    public Func<FleetGuest, string, bool> MayGo { get; init; } = (_, _) => true;

    public MoveOrder Order { get; init; }

    /// <summary>What a move's time is told from; null if the rate is not known.</summary>
    public TransferRate? Rate { get; init; }
}
