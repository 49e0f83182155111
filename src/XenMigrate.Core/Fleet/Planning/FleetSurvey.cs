namespace XenMigrate.Fleet.Planning;

/// <summary>
/// Asks the source and all destinations at once, and judges each guest's way to each of them. Changes nothing.
/// </summary>
/// <remarks>Every host is asked once for each source; most plans have one.</remarks>
internal static class FleetSurvey
{
    public static async Task<FleetFindings> AskAsync(FleetRequest request, Timing timing, CancellationToken cancellationToken)
    {
        (IReadOnlyList<GuestOutlook> Guests, HostFacts? Source, IReadOnlyList<HostFacts> Hosts)[] found = await Task.WhenAll(request.Guests
            .GroupBy(guest => guest.Source.ComputerName, StringComparer.OrdinalIgnoreCase)
            .Select(from => AskAsync([.. from], request, timing, cancellationToken))).ConfigureAwait(false);

        Dictionary<LeavingGuest, GuestOutlook> outlooks = found.SelectMany(source => source.Guests)
            .ToDictionary(outlook => outlook.Leaving);
        return new FleetFindings([.. request.Guests.Select(guest => outlooks[guest])], Once(found.SelectMany(source => source.Hosts)))
        {
            Sources = Once(found.Select(source => source.Source).OfType<HostFacts>()),
        };
    }

    private static HostFacts[] Once(IEnumerable<HostFacts> hosts) =>
        [.. hosts.GroupBy(host => host.Host, StringComparer.OrdinalIgnoreCase).Select(group => group.First())];

    private static async Task<(IReadOnlyList<GuestOutlook>, HostFacts?, IReadOnlyList<HostFacts>)> AskAsync(
        IReadOnlyList<LeavingGuest> guests, FleetRequest request, Timing timing, CancellationToken cancellationToken)
    {
        HostEnd source = guests[0].Source;
        Route[] routes =
        [
            .. request.Destinations
                .Where(destination => !string.Equals(destination.Name, source.Name, StringComparison.OrdinalIgnoreCase))
                .Select(destination => new Route(source, destination, destination.Name)),
        ];
        if (routes.Length == 0)
        {
            return ([.. guests.Select(guest => new GuestOutlook(guest, guest.Guest, []))], null, []);
        }

        IReadOnlyList<PairFacts> facts = await FactCollector.CollectAsync(
            routes, [.. guests.Select(guest => guest.Guest)], timing, cancellationToken).ConfigureAwait(false);
        RouteEvaluation[] evaluations = [.. facts.Select(pair => new RouteEvaluation(pair, request))];
        return (
            [.. guests.Select(guest => new GuestOutlook(
                guest,
                facts[0].Current(guest.Guest),
                [.. evaluations.Select(evaluate => evaluate.Evaluate(guest)).OfType<GuestRoute>()]))],
            facts[0].Source,
            [.. facts.Select(pair => pair.Destination)]);
    }

    /// <summary>Judges guests by the facts of one way; what is only about its hosts is judged once.</summary>
    private sealed class RouteEvaluation(PairFacts facts, FleetRequest request)
    {
        private readonly Dictionary<bool, CheckResult[]> _hosts = [];

        /// <summary>Null for a guest that is gone.</summary>
        public GuestRoute? Evaluate(LeavingGuest leaving)
        {
            if (facts.Current(leaving.Guest) is not { } now)
            {
                return null;
            }

            CheckResult[] wanted = Examine(now, leaving.Live);
            if (!wanted.Any(MigrationReport.Blocks))
            {
                return new GuestRoute(facts.Destination.Host, leaving.Live, wanted);
            }

            return leaving is { Live: true, MayGoOffline: true } && Examine(now, live: false) is { } offline
                && !offline.Any(MigrationReport.Blocks)
                ? new GuestRoute(facts.Destination.Host, Live: false, offline)
                : new GuestRoute(facts.Destination.Host, Live: null, wanted);
        }

        private CheckResult[] Examine(Guest guest, bool live)
        {
            Moving moving = new(live) { Settings = request.Settings };
            if (!_hosts.TryGetValue(live, out CheckResult[]? hosts))
            {
                _hosts[live] = hosts = [.. CheckRunner.Examine(facts, moving, request.Checks)];
            }

            return [.. hosts, .. CheckRunner.Examine(facts, guest, moving, request.Checks)];
        }
    }
}

/// <summary>What the hosts of a plan said.</summary>
/// <param name="Guests">The guests, as they were named.</param>
/// <param name="Destinations">The destinations.</param>
internal sealed record FleetFindings(IReadOnlyList<GuestOutlook> Guests, IReadOnlyList<HostFacts> Destinations)
{
    /// <summary>The hosts that have the guests.</summary>
    public IReadOnlyList<HostFacts> Sources { get; init; } = [];

    /// <summary>What a destination has for guests: what is free, and what its xend would take from Domain-0.</summary>
    public static long RoomMB(HostFacts host) =>
        (host.Xen.Value?.FreeMemoryMB ?? 0) + FreeMemoryCheck.GivenByControlDomainMB(host);
}

/// <summary>What is known of one guest's ways.</summary>
/// <param name="Leaving">The guest as it was named.</param>
/// <param name="Now">The guest as it is now; null if it is gone.</param>
/// <param name="Routes">Its way to each destination but the host it is on.</param>
internal sealed record GuestOutlook(LeavingGuest Leaving, Guest? Now, IReadOnlyList<GuestRoute> Routes)
{
    /// <summary>The way there; null if there is none.</summary>
    public GuestRoute? To(string destination) => Routes.FirstOrDefault(
        route => string.Equals(route.Destination, destination, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One guest's way to one destination.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Live">Whether it would run meanwhile; null if it can't go there at all.</param>
/// <param name="Check">What the checks found.</param>
internal sealed record GuestRoute(string Destination, bool? Live, IReadOnlyList<CheckResult> Check);
