namespace XenMigrate.Reports;

/// <summary>What one wants to know first, in large figures.</summary>
internal static class SummaryTiles
{
    public static XElement Build(IReadOnlyList<MigrationResult> moves)
    {
        int succeeded = moves.Count(move => move.Outcome == MigrationOutcome.Succeeded);
        MigrationResult? longest = moves.Where(move => move.Downtime is not null)
            .OrderByDescending(move => move.Downtime).FirstOrDefault();
        long sent = moves.Sum(move => move.BytesTransferred ?? 0);
        TimeSpan spent = new(moves.Sum(move => move.Duration.Ticks));

        return Html.Element(
            "ul",
            Html.Class("tiles"),
            Html.Attribute("aria-label", "At a glance"),
            Tile($"{succeeded} of {moves.Count}", "succeeded", succeeded == moves.Count ? "good" : "bad"),
            Tile(Figures.Time(longest?.Downtime), longest is null ? "longest pause" : $"longest pause ({longest.Name})", ""),
            Tile(sent > 0 ? Figures.Size((double)sent) : Figures.None, "sent between the hosts", ""),
            Tile(Figures.Time(spent), "time of all moves", ""));
    }

    private static XElement Tile(string figure, string what, string kind) => Html.Element(
        "li",
        Html.Class(("tile " + kind).TrimEnd()),
        Html.Element("strong", figure),
        " ",
        Html.Element("span", what));
}
