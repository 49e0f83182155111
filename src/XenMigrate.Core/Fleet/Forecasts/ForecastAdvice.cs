namespace XenMigrate.Fleet.Forecasts;

/// <summary>What would help a guest that can't be moved live as was wished: each way is played before it is named.</summary>
internal sealed class ForecastAdvice(
    long pages, double pagesPerSecond, DirtyCurve curve, DowntimeParts beside, TimeSpan allowed, PreCopyOptions? options)
{
    // The shares of its processors' time that the save helper leaves a guest, one after the other.
    private static readonly double[] s_throttled = [0.5, 0.2];

    public override string ToString() => string.Join(" ", Ways());

    private IEnumerable<string> Ways()
    {
        if (beside.Fixed >= allowed)
        {
            yield return $"To suspend and start such a guest takes {Figures.Time(beside.Fixed)} alone.";
        }

        if (options is null)
        {
            yield return "Xen's own rule knows no limit of the pause; the save helper obeys one.";
        }
        else if (!options.Throttle && s_throttled.Any(share => Suits(time => curve.PagesAfter(TimeSpan.FromTicks((long)(time.Ticks * share))), 1)))
        {
            yield return "With -Throttle it would converge.";
        }

        if (options is { Compression: StreamCompression.None } && Suits(curve.PagesAfter, 2))
        {
            yield return "With -Compression Zstd it would, if that halves what is sent.";
        }

        yield return $"It would with -MaximumDowntime {Seconds(Longer())}; moved offline it stands still for {Figures.Time(TimeSpan.FromSeconds(pages / pagesPerSecond))} or more.";
    }

    private bool Suits(Func<TimeSpan, long> dirtyAfter, double faster)
    {
        RoundForecast played = RoundForecast.Play(pages, pagesPerSecond * faster, dirtyAfter, options! with { MaximumDowntime = allowed });
        return played.Ends && played.LastCopy + beside.Fixed <= allowed;
    }

    /// <summary>The shortest pause that a transfer of it could be allowed, and a fifth for safety.</summary>
    private TimeSpan Longer()
    {
        RoundForecast played = RoundForecast.Play(pages, pagesPerSecond, curve.PagesAfter, options);
        TimeSpan least = played.Rounds.Min(round => round.DirtyPages) is var dirty ? TimeSpan.FromSeconds(dirty / pagesPerSecond) : TimeSpan.Zero;
        return TimeSpan.FromSeconds(1.2 * (least > played.LastCopy ? least : played.LastCopy).TotalSeconds) + beside.Fixed;
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
