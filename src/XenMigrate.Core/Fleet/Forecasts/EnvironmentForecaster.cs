namespace XenMigrate.Fleet.Forecasts;

/// <summary>Says of the guests of an environment what live moves of them would come to.</summary>
internal sealed class EnvironmentForecaster(PastMoves past, HelperPackage? package, TimeSpan? allowed, Timing timing)
{
    private readonly GuestForecaster _forecaster = new(past, package, timing);

    /// <summary>One guest after the other, since they share the source's processors and the link.</summary>
    /// <param name="reports">What the checks found, one for each way.</param>
    /// <param name="ends">The hosts, by name.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task<IReadOnlyList<MigrationForecast>> ForecastAsync(
        IReadOnlyList<MigrationReport> reports, IReadOnlyDictionary<string, HostEnd> ends, CancellationToken cancellationToken)
    {
        List<MigrationForecast> forecasts = [];
        foreach ((MigrationReport report, Guest guest) in reports.SelectMany(report => report.Found.Select(guest => (report, guest))))
        {
            forecasts.Add(await ForecastAsync(report, guest, ends, cancellationToken).ConfigureAwait(false));
        }

        return forecasts;
    }

    private async Task<MigrationForecast> ForecastAsync(
        MigrationReport report, Guest guest, IReadOnlyDictionary<string, HostEnd> ends, CancellationToken cancellationToken)
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
                PastDowntime = past.Downtime(report.Source, report.Destination, guest.Type),
            };
            MigrationPlan plan = await MigrationPlanner.PlanAsync(source, destination, guest, options, timing, cancellationToken).ConfigureAwait(false);
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
