namespace XenMigrate.Fleet.Forecasts;

/// <summary>Says of the guests of an environment what live moves of them would come to.</summary>
internal sealed class EnvironmentForecaster(PastMoves past, HelperPackage? package, TimeSpan? allowed, Timing timing)
{
    private readonly GuestForecaster _forecaster = new(past, package, timing);

    /// <summary>One guest after the other, since they share the source's processors and the link.</summary>
    /// <param name="findings">What the checks found, and by what: no host is asked for that again.</param>
    /// <param name="ends">The hosts, by name.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task<IReadOnlyList<MigrationForecast>> ForecastAsync(
        EnvironmentFindings findings, IReadOnlyDictionary<string, HostEnd> ends, CancellationToken cancellationToken)
    {
        List<MigrationForecast> forecasts = [];
        foreach ((MigrationReport report, PairFacts facts, Guest guest) in findings.Reports.Zip(findings.Facts, (report, facts) => (report, facts))
            .SelectMany(way => way.report.Found.Select(guest => (way.report, way.facts, guest))))
        {
            forecasts.Add(await ForecastAsync(report, facts, guest, ends, cancellationToken).ConfigureAwait(false));
        }

        return forecasts;
    }

    private async Task<MigrationForecast> ForecastAsync(
        MigrationReport report, PairFacts facts, Guest guest, IReadOnlyDictionary<string, HostEnd> ends, CancellationToken cancellationToken)
    {
        try
        {
            HostSession source = Session(ends[report.Source]);
            HostSession destination = Session(ends[report.Destination]);
            MigrationOptions options = new()
            {
                Live = true,
                MigrationAddress = report.MigrationAddress,
                UsualPreCopy = new PreCopyOptions { MaximumDowntime = allowed ?? PreCopyOptions.UsualDowntime },
                Helper = package,
                PastDowntime = past.Downtime(source.Named, destination.Named, guest.Type),
            };
            MigrationPlan plan = await MigrationPlanner.PlanAsync(source, destination, guest, options, timing, cancellationToken, facts).ConfigureAwait(false);
            return await _forecaster.ForecastAsync(plan, allowed, cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            return new MigrationForecast
            {
                Name = guest.Name,
                Source = report.Source,
                Destination = report.Destination,
                MaximumDowntime = allowed ?? PreCopyOptions.UsualDowntime,
                Advice = e.Message,
            };
        }
    }

    private static HostSession Session(HostEnd end) => end.Session ?? throw new HostNotConnectedException(end.Name);
}
