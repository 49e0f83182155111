namespace XenMigrate.Reports;

/// <summary>A batch on one scale of time: a bar for each guest from its first check to the last look at both hosts.</summary>
internal static class WindowPicture
{
    private const double Width = 960;
    private const double Left = 150;
    private const double Right = Width - 12;
    private const double Top = 34;
    private const double Row = 22;
    private const double Thickness = 14;

    /// <summary>A refusal of a second in an hour would not be seen otherwise.</summary>
    private const double Visible = 3;

    private static readonly double[] s_steps =
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200, 86400];

    /// <returns>Null if of fewer than two moves it is known when they were made.</returns>
    public static XElement? Build(IReadOnlyList<MigrationResult> moves)
    {
        MigrationResult[] known = [.. moves.Where(move => move.BeganAt <= move.EndedAt).OrderBy(move => move.BeganAt)];
        if (known.Length < 2)
        {
            return null;
        }

        DateTimeOffset start = known[0].BeganAt!.Value;
        double total = Math.Max(1e-3, known.Max(move => (move.EndedAt!.Value - start).TotalSeconds));
        double bottom = Top + (known.Length * Row);
        return Html.Element(
            "figure",
            Html.Element(
                "div",
                Html.Class("scroll picture"),
                Html.Attribute("tabindex", "0"),
                Html.Attribute("role", "region"),
                Html.Attribute("aria-label", "Picture of the moves in time"),
                Html.Element(
                    "svg",
                    Html.Attribute("viewBox", FormattableString.Invariant($"0 0 {Width} {bottom + 26}")),
                    Html.Attribute("role", "img"),
                    Html.Attribute("aria-labelledby", "window-title window-text"),
                    Html.Element("title", Html.Attribute("id", "window-title"), "The moves in time"),
                    Html.Element("desc", Html.Attribute("id", "window-text"), Describe(known, total)),
                    Svg.Text("panel", 0, 16, "start", Describe(known, total)),
                    Lines(total, bottom),
                    known.Select((move, index) => Bar(move, start, total, Top + (index * Row))))));
    }

    /// <summary>How many moves went on at once, at most.</summary>
    public static int MostAtOnce(IReadOnlyList<MigrationResult> moves) =>
        moves.Max(move => moves.Count(other => other.BeganAt <= move.BeganAt && other.EndedAt > move.BeganAt));

    private static string Describe(MigrationResult[] moves, double total) =>
        $"{Figures.Many(moves.Length, "move")} from {Figures.Moment(moves[0].BeganAt!.Value)}, {Figures.Time(TimeSpan.FromSeconds(total))} in all, "
            + $"{MostAtOnce(moves)} at once at most";

    private static IEnumerable<XElement> Lines(double total, double bottom)
    {
        double step = s_steps.FirstOrDefault(length => total / length <= 8);
        step = step > 0 ? step : total / 8;
        for (int i = 0; i * step <= total; i++)
        {
            double x = Left + (i * step / total * (Right - Left));
            yield return Svg.Line(i == 0 ? "base" : "grid", x, Top - 6, x, bottom);
            yield return Svg.Text("tick", x, bottom + 16, x > Right - 20 ? "end" : "middle", Figures.Time(TimeSpan.FromSeconds(i * step)));
        }
    }

    private static XElement Bar(MigrationResult move, DateTimeOffset start, double total, double top)
    {
        double scale = (Right - Left) / total;
        double from = Left + ((move.BeganAt!.Value - start).TotalSeconds * scale);
        double width = Math.Max(Visible, (move.EndedAt!.Value - move.BeganAt.Value).TotalSeconds * scale);
        string took = Figures.Time(move.EndedAt - move.BeganAt);
        bool isInside = width > 8 * (took.Length + 1);
        bool isLast = from + width > Right - 60;
        return Svg.Group(
            Svg.Tip($"{move}: {took}{(move.Downtime is { } pause ? $", stood still for {Figures.Time(pause)}" : "")}"),
            Svg.Text("row", 0, top + 11, "start", Short(move.Name)),
            Svg.Box(Look(move.Outcome), Math.Min(from, Right - Visible), top, width, Thickness),
            isInside ? Svg.Text("inside", from + 6, top + 11, "start", took)
                : Svg.Text("value", isLast ? from - 6 : from + width + 6, top + 11, isLast ? "end" : "start", took));
    }

    private static string Look(MigrationOutcome outcome) => outcome switch
    {
        MigrationOutcome.Succeeded => "went",
        MigrationOutcome.Refused or MigrationOutcome.Aborted => "refused",
        _ => "broke",
    };

    /// <summary>As much of a name as fits beside the bars; the table has all of it.</summary>
    private static string Short(string name) => name.Length <= 20 ? name : name.Substring(0, 19) + "…";
}
