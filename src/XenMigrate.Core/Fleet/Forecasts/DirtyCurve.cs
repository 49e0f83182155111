namespace XenMigrate.Fleet.Forecasts;

/// <summary>How many different pages a guest writes in some time, by what was counted of it over a few seconds.</summary>
/// <remarks>
/// A guest writes its working set again and again, so that the count grows ever slower. Between two counts it grows evenly; after the
/// last one as fast as at last, since nobody saw more.
/// </remarks>
internal sealed class DirtyCurve(DirtyRateReport counted, long pages)
{
    private readonly (double Seconds, double Pages)[] _points =
    [
        (0, 0),
        .. counted.Counts.Select(count => (count.After.TotalSeconds, (double)count.Pages)),
    ];

    /// <summary>Bytes per second over all of the time that was counted.</summary>
    public double BytesPerSecond => _points[_points.Length - 1].Pages * 4096 / _points[_points.Length - 1].Seconds;

    public long PagesAfter(TimeSpan time)
    {
        double seconds = time.TotalSeconds;
        int next = Array.FindIndex(_points, point => point.Seconds >= seconds);
        int upper = next < 0 ? _points.Length - 1 : Math.Max(1, next);
        (double Seconds, double Pages) from = _points[upper - 1];
        (double Seconds, double Pages) to = _points[upper];
        double slope = (to.Pages - from.Pages) / (to.Seconds - from.Seconds);
        return (long)Math.Min(pages, Math.Round(from.Pages + (slope * (seconds - from.Seconds))));
    }
}
