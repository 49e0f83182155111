namespace XenMigrate.Reports;

/// <summary>
/// A move's rounds as a picture: how long each took, then one column for each with what was sent and dirtied, how
/// fast, and how long a pause was predicted. The same figures stand in the table below it.
/// </summary>
internal static class RoundPicture
{
    private const int Width = 960;
    private const int Height = 604;

    public static XElement Build(RoundSeries series, string id)
    {
        RoundColumns columns = new(series, 84, Width - 12);
        return Html.Element(
            "figure",
            Html.Element(
                "div",
                Html.Class("scroll picture"),
                Html.Attribute("tabindex", "0"),
                Html.Attribute("role", "region"),
                Html.Attribute("aria-label", $"Picture of the rounds of {series.Name}"),
                Html.Element(
                    "svg",
                    Html.Attribute("viewBox", $"0 0 {Width} {Height}"),
                    Html.Attribute("role", "img"),
                    Html.Attribute("aria-labelledby", $"{id}-title {id}-text"),
                    Html.Element("title", Html.Attribute("id", $"{id}-title"), $"Rounds of {series.Name}"),
                    Html.Element("desc", Html.Attribute("id", $"{id}-text"), Describe(series)),
                    Legend(series),
                    TimeStrip.Build(series, columns.Left, columns.Right, top: 62),
                    Bands(series, columns),
                    MemoryPanel.Build(series, columns, top: 140, bottom: 280),
                    RatePanel.Build(series, columns, top: 330, bottom: 420),
                    PausePanel.Build(series, columns, top: 470, bottom: 560),
                    Labels(series, columns),
                    Tips(series, columns))));
    }

    /// <summary>What a screen reader says in place of the picture.</summary>
    public static string Describe(RoundSeries series)
    {
        string pause = (series.Measured, series.Predicted) switch
        {
            ({ } measured, { } predicted) => $" The pause took {Figures.Time(measured)}; {Figures.Time(predicted)} were predicted.",
            ({ } measured, null) => $" The pause took {Figures.Time(measured)}.",
            _ => "",
        };
        // Of many rounds, the first and the last tell the story; the table has all.
        IEnumerable<int> told = Enumerable.Range(0, series.Rounds.Count)
            .Where(index => series.Rounds.Count <= 6 || index < 3 || index >= series.Rounds.Count - 2);
        return $"{Figures.Many(series.Rounds.Count, "round")} in {Figures.Time(series.Duration)}. "
            + string.Join(" ", told.Select(series.Describe)) + pause;
    }

    private static XElement Legend(RoundSeries series) => Svg.Group(
        Svg.Box("sent", 0, 8, 12, 12),
        Svg.Text("key", 18, 18, "start", "sent"),
        Svg.Box("dirtied", 70, 8, 12, 12),
        Svg.Text("key", 88, 18, "start", "dirtied by the guest meanwhile"),
        series.Measured is null ? null : Svg.Diamond("pause", 310, 14),
        series.Measured is null ? null : Svg.Text("key", 324, 18, "start", "pause, as measured"),
        Svg.Dot("predicted", 472, 14),
        Svg.Text("key", 484, 18, "start", "pause, as predicted after each round"));

    private static IEnumerable<XElement> Bands(RoundSeries series, RoundColumns columns) =>
        columns.Indexes.Where(series.IsPaused).Select(index =>
            Svg.Box("band", columns.Start(index), 112, columns.Width, Height - 112));

    private static IEnumerable<XElement> Labels(RoundSeries series, RoundColumns columns) => columns.Indexes
        .Where(index => columns.IsLabelled(index, 58))
        .Select(index => Svg.Text(
            series.IsPaused(index) ? "tick strong" : "tick",
            columns.Center(index),
            584,
            "middle",
            columns.Width < 58
                ? series.Rounds[index].Number.ToString(CultureInfo.InvariantCulture)
                : series.IsPaused(index) ? "paused" : $"Round {series.Rounds[index].Number}"));

    // Last, so that they lie on top: each column answers the pointer over its whole height.
    private static IEnumerable<XElement> Tips(RoundSeries series, RoundColumns columns) => columns.Indexes.Select(index =>
        Svg.Group(
            Svg.Tip(series.Describe(index)),
            Svg.Box("touch", columns.Start(index), 112, columns.Width, Height - 112)));
}
