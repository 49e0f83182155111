namespace XenMigrate.Reports;

/// <summary>What each round sent, beside what the guest dirtied meanwhile, which is the next round's work.</summary>
internal static class MemoryPanel
{
    public static IEnumerable<XElement> Build(RoundSeries series, RoundColumns columns, double top, double bottom)
    {
        Axis axis = Axis.Bytes(
            top, bottom, series.Rounds.SelectMany(round => new[] { round.Bytes, RoundSeries.Dirtied(round) }));
        double bar = Math.Max(1, Math.Min(34, (columns.Width - 6) / 2));

        yield return Svg.Text("panel", 0, top - 18, "start", "Memory");
        foreach (XElement line in axis.Draw(columns.Left, columns.Right))
        {
            yield return line;
        }

        foreach (int index in columns.Indexes)
        {
            MigrationIteration round = series.Rounds[index];
            bool paused = series.IsPaused(index);
            double center = columns.Center(index);
            // With the guest paused nothing is dirtied, so the one bar stands in the middle.
            yield return Bar("sent", paused ? center - (bar / 2) : center - bar - 1, axis, round.Bytes, bar);
            if (!paused)
            {
                yield return Bar("dirtied", center + 1, axis, RoundSeries.Dirtied(round), bar);
            }

            foreach (XElement label in Labels(round, paused, axis, center, columns.Width))
            {
                yield return label;
            }
        }
    }

    private static IEnumerable<XElement> Labels(MigrationIteration round, bool paused, Axis axis, double center, double width)
    {
        double sent = axis.Y(round.Bytes) - 6;
        if (width >= 116 && !paused)
        {
            yield return Svg.Text("value", center - 3, sent, "end", Figures.Size((double)round.Bytes));
            yield return Svg.Text(
                "value", center + 3, axis.Y(RoundSeries.Dirtied(round)) - 6, "start", Figures.Size(RoundSeries.Dirtied(round)));
        }
        else if (width >= 62)
        {
            yield return Svg.Text("value", center, Math.Min(sent, axis.Y(paused ? 0 : RoundSeries.Dirtied(round)) - 6), "middle", Figures.Size((double)round.Bytes));
        }
    }

    // Something is never drawn as nothing.
    private static XElement Bar(string names, double x, Axis axis, double bytes, double width) =>
        Svg.Bar(names, x, bytes > 0 ? Math.Min(axis.Y(bytes), axis.Bottom - 1.5) : axis.Bottom, width, axis.Bottom);
}
