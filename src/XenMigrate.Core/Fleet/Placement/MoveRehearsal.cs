namespace XenMigrate.Fleet.Placement;

/// <summary>
/// Says of one move after the other what would be done. Nothing is moved meanwhile, so what the guests before would have
/// taken of a destination's memory is counted here.
/// </summary>
/// <param name="past">What moves like these came to before.</param>
/// <param name="forecaster">Looks at what the guests write; null to go by earlier moves alone.</param>
/// <param name="cancellationToken">Ends that.</param>
internal sealed class MoveRehearsal(PastMoves past, GuestForecaster? forecaster, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, long> _takenMB = new(StringComparer.OrdinalIgnoreCase);
    private int _number;

    /// <summary>The next move, its number first: with its time and its pause as far as they are known, never made up.</summary>
    public async Task<string> NextAsync(MigrationPlan plan)
    {
        string number = (++_number).ToString(CultureInfo.InvariantCulture);
        long needed = FreeMemoryCheck.NeededMB(plan.Guest);
        _ = _takenMB.TryGetValue(plan.Destination, out long taken);
        if (taken > 0 && LeftMB(plan) - taken is { } left && left < needed)
        {
            return $"{number}. Refuse to move to {plan.Destination}: after those before it {Math.Max(0, left)} MiB are free there, and it needs {needed}";
        }

        _takenMB[plan.Destination] = taken + needed;
        MigrationForecast? forecast = forecaster is not null && plan.Mode == MigrationMode.Live
            ? await forecaster.ForecastAsync(plan, null, cancellationToken).ConfigureAwait(false)
            : null;
        if (forecast?.Duration is not null)
        {
            return $"{number}. Live-migrate to {plan.Destination}; {forecast}";
        }

        PastRate? last = past.Between(plan.From, plan.To, plan.Mode);
        return $"{number}. {(plan.Mode == MigrationMode.Live ? "Live-migrate" : "Move offline")} to {plan.Destination}; {TimeAndPause(plan, last)}";
    }

    private static long? LeftMB(MigrationPlan plan) => plan.Facts.Destination.Xen.Value is { } xen
        ? xen.FreeMemoryMB + FreeMemoryCheck.GivenByControlDomainMB(plan.Facts.Destination)
        : null;

    private static string TimeAndPause(MigrationPlan plan, PastRate? last) => (plan.Mode, plan.PreCopy, last) switch
    {
        (MigrationMode.Live, null, null) => "time and pause not known yet",
        _ => $"{Time(plan, last)}; {Pause(plan, last)}",
    };

    // What the guest writes meanwhile is sent as well, and nobody knows how much that will be.
    private static string Time(MigrationPlan plan, PastRate? last)
    {
        if (plan.PreCopy?.BandwidthLimit is not { } limit)
        {
            return last is null
                ? "time not known yet"
                : $"time: about {Figures.Time(last.TimeFor(plan.MemoryMB))}, "
                    + $"for {plan.MemoryMB} MiB at the {Figures.Rate(last.BytesPerSecond)} of {Moves(last)}";
        }

        FleetGuest guest = new() { Name = plan.Guest.Name, Source = plan.Source, MemoryMB = plan.MemoryMB };
        TimeSpan? whole = new TransferRate(limit, Live: true, plan.PreCopy.MaximumDowntime).Predict(guest).Duration;
        return $"time: {Figures.Time(whole)} at least, for {plan.MemoryMB} MiB at {Figures.Rate(limit)}";
    }

    private static string Moves(PastRate last) => last.Moves == 1 ? "the last move between these hosts" : $"the last {last.Moves} moves between these hosts";

    private static string Pause(MigrationPlan plan, PastRate? last) => (plan.Mode, plan.PreCopy) switch
    {
        (MigrationMode.Live, { OfflineFallback: true } requested) => $"pause: {Figures.Time(requested.MaximumDowntime)} at most, longer for a guest that is too busy",
        (MigrationMode.Live, { } requested) => $"pause: {Figures.Time(requested.MaximumDowntime)} at most, by the transfer's prediction",
        (MigrationMode.Live, null) when last is { LongestPause: { } longest } => $"pause: {Figures.Time(longest)} at most in {Moves(last)}",
        (MigrationMode.Live, null) => "pause not known yet",
        _ => "pause: for all of that time, because the guest stands still while it is copied",
    };
}
