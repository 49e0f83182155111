namespace XenMigrate.Reports;

/// <summary>All rounds on one strip of time, to scale: what the guest ran through, and where it stood still.</summary>
internal static class TimeStrip
{
    private const double Thickness = 16;

    /// <summary>A pause of a millisecond in a second would not be seen otherwise.</summary>
    private const double Visible = 4;

    public static IEnumerable<XElement> Build(RoundSeries series, double left, double right, double top)
    {
        double total = Math.Max(series.Duration.TotalSeconds, 1e-9);
        double scale = (right - left) / total;
        double x = left;
        yield return Svg.Text("panel", 0, top - 12, "start", $"Time, to scale: {Figures.Time(series.Duration)} in all");

        for (int i = 0; i < series.Rounds.Count; i++)
        {
            double width = series.Rounds[i].Duration.TotalSeconds * scale;
            bool paused = series.IsPaused(i);
            double start = paused ? Math.Max(left, Math.Min(x, right - Visible)) : x;
            string look = paused ? "still" : i % 2 == 0 ? "ran" : "ran odd";
            yield return Svg.Group(
                Svg.Tip(series.Describe(i)),
                Svg.Box(look, start, top, Math.Max(paused ? Visible : 0, width - 1), Thickness));
            if (width > 64 && !paused)
            {
                yield return Svg.Text("inside", x + 8, top + 12, "start", $"Round {series.Rounds[i].Number}");
            }

            x += width;
        }

        if (series.Rounds.Any() && series.HasPause && series.Measured is { } measured)
        {
            yield return Svg.Text("value strong", right, top - 12, "end", $"guest paused for {Figures.Time(measured)} ▾");
        }
    }
}
