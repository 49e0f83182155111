namespace XenMigrate.Checks;

/// <summary>Checks hosts, and guests of the first one against the others. Changes nothing but where it is told to.</summary>
internal static class EnvironmentTester
{
    /// <inheritdoc cref="TestAsync(HostEnd, HostEnd, IReadOnlyList{Guest}, CheckSettings, Timing, CancellationToken)"/>
    public static Task<IReadOnlyList<CheckResult>> TestAsync(
        HostEnd source, HostEnd destination, IReadOnlyList<Guest> guests, CancellationToken cancellationToken) =>
        TestAsync(source, destination, guests, new CheckSettings(), cancellationToken);

    /// <inheritdoc cref="TestAsync(HostEnd, HostEnd, IReadOnlyList{Guest}, CheckSettings, Timing, CancellationToken)"/>
    public static Task<IReadOnlyList<CheckResult>> TestAsync(
        HostEnd source, HostEnd destination, IReadOnlyList<Guest> guests, CheckSettings settings, CancellationToken cancellationToken) =>
        TestAsync(source, destination, guests, settings, Timing.Real, cancellationToken);

    /// <summary>Checks one way.</summary>
    /// <param name="guests">The guests as they were listed; each is judged as it is now.</param>
    /// <param name="settings">How strictly to judge.</param>
    /// <param name="timing">Our clock, against which theirs are measured.</param>
    /// <exception cref="GuestNotFoundException">One of them is gone.</exception>
    public static async Task<IReadOnlyList<CheckResult>> TestAsync(
        HostEnd source,
        HostEnd destination,
        IReadOnlyList<Guest> guests,
        CheckSettings settings,
        Timing timing,
        CancellationToken cancellationToken)
    {
        EnvironmentRequest request = new(source, [destination]) { Guests = guests, Settings = settings };
        EnvironmentFindings found = await TestAsync(request, timing, cancellationToken).ConfigureAwait(false);
        return found.Missing.Count == 0
            ? found.Reports[0].CheckResult
            : throw new GuestNotFoundException(found.Missing[0].Name, source.Name);
    }

    /// <summary>Checks all ways at once; each host is asked once.</summary>
    public static async Task<EnvironmentFindings> TestAsync(
        EnvironmentRequest request, Timing timing, CancellationToken cancellationToken)
    {
        IReadOnlyList<Route> routes = request.Routes;
        IReadOnlyList<PairFacts> found = await FactCollector.CollectAsync(routes, request.Guests, timing, cancellationToken)
            .ConfigureAwait(false);
        PairFacts[] facts = await Task.WhenAll(found.Select((pair, index) =>
            WithTokensAsync(pair, routes[index], request, cancellationToken))).ConfigureAwait(false);

        DateTimeOffset now = timing.Now();
        MigrationReport[] reports = [.. facts.Select((pair, index) => Evaluate(pair, Leaving(routes[index], request), request, now))];
        Guest[] missing = [.. request.Guests.Where(guest => facts.Length > 0 && facts[0].Current(guest) is null)];
        return new EnvironmentFindings(reports, missing) { Facts = facts };
    }

    /// <summary>The guests that would go this way.</summary>
    private static IReadOnlyList<Guest> Leaving(Route route, EnvironmentRequest request) =>
        route.Source.Equals(request.Source) ? request.Guests : [];

    private static async Task<PairFacts> WithTokensAsync(
        PairFacts facts, Route route, EnvironmentRequest request, CancellationToken cancellationToken) =>
        request.Settings.IncludeWriteTest
            ? facts with
            {
                Tokens = await TokenTest.Real.RunAsync(route.Source, route.Destination, Folders(facts, Leaving(route, request)), cancellationToken)
                    .ConfigureAwait(false),
            }
            : facts;

    private static IReadOnlyList<string> Folders(PairFacts facts, IReadOnlyList<Guest> guests) =>
        [.. guests.SelectMany(guest => TokenTest.FoldersOf(facts, guest)).Distinct()];

    private static MigrationReport Evaluate(
        PairFacts facts, IReadOnlyList<Guest> listed, EnvironmentRequest request, DateTimeOffset now)
    {
        Moving moving = new(Live: true) { Settings = request.Settings };
        Guest[] guests = [.. listed.Select(facts.Current).OfType<Guest>()];
        return new MigrationReport
        {
            Source = facts.Source.Host,
            Destination = facts.Destination.Host,
            // That is about the way there, and not about the way back.
            MigrationAddress = facts.Source.Host == request.Source.Name ? request.MigrationAddress : null,
            Guest = [.. guests.Select(guest => guest.Name)],
            Found = guests,
            FreeNowMB = facts.Destination.Xen.Value?.FreeMemoryMB,
            GeneratedAt = now,
            CheckResult =
            [
                .. CheckRunner.Examine(facts, moving, request.Selection),
                .. guests.SelectMany(guest => CheckRunner.Examine(facts, guest, moving, request.Selection)),
            ],
        };
    }
}
