namespace XenMigrate.Embedded.Network;

/// <summary>How a cut link behaves.</summary>
internal enum LinkCut
{
    /// <summary>Both ends learn of it at once.</summary>
    Reset,

    /// <summary>Nothing arrives any more, and nobody is told.</summary>
    Silent,
}

/// <summary>What is wrong with the link between the hosts. A connection is made with what holds at that moment.</summary>
internal sealed record LinkFaults
{
    public static LinkFaults None { get; } = new();

    /// <summary>Whether the link is down: no new connection, and those that were are cut.</summary>
    public LinkCut? Down { get; init; }

    /// <summary>Bytes that a new connection carries, both ways together, before it is cut.</summary>
    public long? CutAfterBytes { get; init; }

    public LinkCut CutAfterKind { get; init; }

    /// <summary>Bytes per second and direction, of all connections together.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>Whether a relay has to stand between the ends.</summary>
    public bool NeedRelay => CutAfterBytes is not null || BytesPerSecond is not null;
}
