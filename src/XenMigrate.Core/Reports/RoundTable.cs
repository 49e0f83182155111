namespace XenMigrate.Reports;

/// <summary>The rounds in figures, for those who want them exact, or can't see the picture.</summary>
internal static class RoundTable
{
    public static XElement Build(RoundSeries series) =>
        new HtmlTable(
            $"Rounds of {series.Name}",
            "Round", "#Pages", "#Sent", "#Took", "#Rate", "#Dirtied meanwhile", "#Predicted pause", "Decision", "Why")
        .Build(series.Rounds.Select((round, index) => Row(round, series.IsPaused(index))));

    private static object?[] Row(MigrationIteration round, bool paused) =>
    [
        Figures.Count(round.Number) + (paused ? " (paused)" : ""),
        Figures.Count(round.Pages),
        Figures.Size((double)round.Bytes),
        Figures.Time(round.Duration),
        Figures.Rate(round.BytesPerSecond),
        paused ? Figures.None : $"{Figures.Count(round.DirtyPages)} pages",
        paused ? Figures.None : Figures.Time(round.PredictedDowntime),
        paused ? Figures.None : Words(round.Decision),
        round.Reason,
    ];

    private static string Words(ConvergenceDecision decision) => decision switch
    {
        ConvergenceDecision.Continue => "Another round",
        ConvergenceDecision.StopAndCopy => "Pause and finish",
        ConvergenceDecision.GoOffline => "Finish offline",
        _ => "Give up",
    };
}
