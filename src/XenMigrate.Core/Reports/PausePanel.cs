namespace XenMigrate.Reports;

/// <summary>The pause that was predicted after each round, and the one that came, on a scale of powers of ten.</summary>
internal static class PausePanel
{
    public static IEnumerable<XElement> Build(RoundSeries series, RoundColumns columns, double top, double bottom)
    {
        int[] running = [.. columns.Indexes.Where(index => !series.IsPaused(index))];
        double[] predicted = [.. series.Rounds.Select(round => round.PredictedDowntime.TotalSeconds)];
        Axis axis = Axis.Times(
            top, bottom, running.Select(index => predicted[index]).Append(series.Measured?.TotalSeconds ?? 0));

        yield return Svg.Text("panel", 0, top - 18, "start", "Pause (each line is ten times the one below)");
        foreach (XElement line in axis.Draw(columns.Left, columns.Right))
        {
            yield return line;
        }

        yield return Svg.Path("predicted-line", columns.Points(running, index => axis.Y(predicted[index])));
        foreach (int index in running)
        {
            double y = axis.Y(predicted[index]);
            if (columns.Width >= 12)
            {
                yield return Svg.Dot("predicted", columns.Center(index), y);
            }

            if (columns.Width >= 62)
            {
                yield return Svg.Text(
                    "value", columns.Center(index), y - 9, "middle", Figures.Time(series.Rounds[index].PredictedDowntime));
            }
        }

        foreach (XElement mark in Measured(series, columns, axis))
        {
            yield return mark;
        }
    }

    private static IEnumerable<XElement> Measured(RoundSeries series, RoundColumns columns, Axis axis)
    {
        if (series.Measured is not { } measured)
        {
            yield break;
        }

        double x = columns.Center(series.Rounds.Count - 1);
        double y = axis.Y(measured.TotalSeconds);
        bool above = series.Predicted is not { } predicted || predicted <= measured;
        yield return Svg.Diamond("pause", x, y);
        if (columns.Width >= 40)
        {
            // Beside the last column's edge a long label would be cut off: it ends at its mark then.
            yield return Svg.Text(
                "value strong", x, above || y > axis.Bottom - 20 ? y - 12 : y + 20, "middle", Figures.Time(measured));
        }
    }
}
