namespace XenMigrate.Fleet.Planning;

/// <summary>Where guests are to be.</summary>
/// <param name="Wanted">The guests and their hosts; guests that are not named stay where they are.</param>
/// <param name="Hosts">The hosts that are to have guests, or may for a while.</param>
internal sealed record PlacementRequest(IReadOnlyList<WantedPlace> Wanted, IReadOnlyList<HostEnd> Hosts)
{
    /// <summary>Further hosts that may have the guests now.</summary>
    public IReadOnlyList<HostEnd> Sources { get; init; } = [];

    public CheckSelection Checks { get; init; } = CheckSelection.Everything;

    /// <summary>Whether the guests run while they are moved.</summary>
    public bool Live { get; init; }

    /// <summary>Gives each guest the word that it shares with those it is kept apart from; null if none is kept apart from any.</summary>
    public Func<IReadOnlyList<Guest>, Task<IReadOnlyList<string?>>>? Apart { get; init; }
}

/// <summary>A guest, and the host that is to have it.</summary>
/// <param name="Name">The guest's name.</param>
/// <param name="Uuid">Its uuid, where that is known: it decides then.</param>
/// <param name="ComputerName">The host.</param>
internal sealed record WantedPlace(string Name, Guid? Uuid, string ComputerName)
{
    public bool Is(Guest guest) => !guest.IsControlDomain && guest.Id is not null
        && (Uuid is null || guest.Uuid is null ? guest.Name == Name : guest.Uuid == Uuid);
}
