namespace XenMigrate.Reports;

/// <summary>All moves, one a row, each with a link to its section.</summary>
internal static class SummaryTable
{
    public static string Anchor(int index) => "move-" + (index + 1).ToString(CultureInfo.InvariantCulture);

    public static XElement Build(IReadOnlyList<MigrationResult> moves) =>
        new HtmlTable(
            "All moves",
            "Guest", "From", "To", "Mode", "Outcome", "#Rounds", "#Sent", "#Took", "#Pause", "#Predicted", "#Heartbeat gap")
        .Build(moves.Select(Row));

    private static object?[] Row(MigrationResult move, int index) =>
    [
        Html.Element("a", Html.Attribute("href", "#" + Anchor(index)), Html.Element("bdi", move.Name)),
        move.Source,
        move.Destination,
        Badge.Words(move.Mode),
        Badge.Of(move.Outcome),
        move.Iteration.Count > 0 ? move.Iteration.Count.ToString(CultureInfo.InvariantCulture) : Figures.None,
        Figures.Size(move.BytesTransferred),
        Figures.Time(move.Duration),
        Figures.Time(move.Downtime),
        Figures.Time(move.PredictedDowntime),
        Figures.Time(move.HeartbeatGap),
    ];
}
