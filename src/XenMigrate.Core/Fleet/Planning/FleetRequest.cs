namespace XenMigrate.Fleet.Planning;

/// <summary>What is to be planned.</summary>
/// <param name="Guests">The guests that look for a place, as they were listed; each is judged as it is now.</param>
/// <param name="Destinations">Where they may go.</param>
internal sealed record FleetRequest(IReadOnlyList<LeavingGuest> Guests, IReadOnlyList<HostEnd> Destinations)
{
    public CheckSelection Checks { get; init; } = CheckSelection.Everything;

    public CheckSettings Settings { get; init; } = CheckSettings.Default;

    public MoveOrder Order { get; init; }

    /// <summary>
    /// Gives each guest the word that it shares with those it is kept apart from, or null. It is told the guests that
    /// leave and those that the destinations have. Null if none is kept apart from any.
    /// </summary>
    public Func<IReadOnlyList<Guest>, Task<IReadOnlyList<string?>>>? Apart { get; init; }

    /// <summary>What the link carries for one move; null if nobody said, and then no times are told.</summary>
    public long? BytesPerSecond { get; init; }
}

/// <summary>A guest that looks for a place, and the host it is on.</summary>
internal sealed record LeavingGuest(Guest Guest, HostSession Source)
{
    /// <summary>Whether it is to run while it is copied.</summary>
    public bool Live { get; init; } = true;

    /// <summary>Whether it may stand still meanwhile, where it can't go live.</summary>
    public bool MayGoOffline { get; init; }
}
