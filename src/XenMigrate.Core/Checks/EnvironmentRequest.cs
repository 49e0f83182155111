namespace XenMigrate.Checks;

/// <summary>What is to be checked, and how.</summary>
internal sealed record EnvironmentRequest(HostEnd Source, IReadOnlyList<HostEnd> Destinations)
{
    /// <summary>Guests of the source, as they were listed; each is judged as it is now.</summary>
    public IReadOnlyList<Guest> Guests { get; init; } = [];

    /// <summary>Whether the way back is checked too. No guest is there yet, so that is about the hosts.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>What the source calls its destination, where there is one alone; null for the name that it was given by.</summary>
    public string? MigrationAddress { get; init; }

    public CheckSelection Selection { get; init; } = CheckSelection.Everything;

    public CheckSettings Settings { get; init; } = new();

    /// <summary>The ways to each destination, and the ways back.</summary>
    public IReadOnlyList<Route> Routes =>
    [
        .. Destinations.Select(destination => new Route(Source, destination, MigrationAddress ?? destination.Name)),
        .. (Bidirectional ? Destinations : []).Select(destination => new Route(destination, Source, Source.Name)),
    ];
}
