namespace XenMigrate.Reports;

/// <summary>How fast memory was sent, and how fast the guest dirtied it: where the lines meet, no move converges.</summary>
internal static class RatePanel
{
    public static IEnumerable<XElement> Build(RoundSeries series, RoundColumns columns, double top, double bottom)
    {
        int[] running = [.. columns.Indexes.Where(index => !series.IsPaused(index))];
        Axis axis = Axis.Bytes(
            top,
            bottom,
            series.Rounds.SelectMany(round => new[] { round.BytesPerSecond, RoundSeries.DirtiedPerSecond(round) }),
            "/s");
        double Sent(int index) => axis.Y(series.Rounds[index].BytesPerSecond);
        double Dirtied(int index) => axis.Y(RoundSeries.DirtiedPerSecond(series.Rounds[index]));

        yield return Svg.Text("panel", 0, top - 18, "start", "Rate");
        foreach (XElement line in axis.Draw(columns.Left, columns.Right))
        {
            yield return line;
        }

        yield return Svg.Path("dirtied-line", columns.Points(running, Dirtied));
        yield return Svg.Path("sent-line", columns.Points(columns.Indexes, Sent));

        foreach (int index in columns.Indexes)
        {
            double x = columns.Center(index);
            bool dirtied = !series.IsPaused(index);
            if (columns.Width >= 12)
            {
                yield return Svg.Dot("sent", x, Sent(index));
            }

            if (dirtied && columns.Width >= 12)
            {
                yield return Svg.Dot("dirtied", x, Dirtied(index));
            }

            if (columns.Width >= 76)
            {
                yield return Svg.Text("value", x, Sent(index) - 9, "middle", Figures.Rate(series.Rounds[index].BytesPerSecond));
            }

            // Left out where it would lie on the other's line or label.
            if (dirtied && columns.Width >= 76 && Math.Abs(Dirtied(index) - Sent(index)) > 26 && Dirtied(index) > Sent(index))
            {
                yield return Svg.Text(
                    "value", x, Dirtied(index) - 9, "middle", Figures.Rate(RoundSeries.DirtiedPerSecond(series.Rounds[index])));
            }
        }
    }
}
