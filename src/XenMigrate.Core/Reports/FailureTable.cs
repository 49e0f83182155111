namespace XenMigrate.Reports;

/// <summary>The moves of a batch that did not succeed, with the cause and the remedy of each.</summary>
internal static class FailureTable
{
    /// <returns>Null if all succeeded.</returns>
    public static XElement? Build(IReadOnlyList<MigrationResult> moves)
    {
        object?[][] rows =
        [
            .. moves.Select((move, index) => (move, index))
                .Where(item => item.move.Outcome != MigrationOutcome.Succeeded)
                .Select(item => Row(item.move, item.index)),
        ];
        return rows.Length == 0
            ? null
            : new HtmlTable("Moves that did not succeed", "Guest", "Outcome", "Cause", "What was found", "What to do").Build(rows);
    }

    private static object?[] Row(MigrationResult move, int index)
    {
        CheckResult[] failed = [.. move.Check.Where(check => check.Status is CheckStatus.Failed or CheckStatus.Unknown)];
        bool isRefusal = move.Outcome == MigrationOutcome.Refused && failed.Length > 0;
        return
        [
            Html.Element("a", Html.Attribute("href", "#" + SummaryTable.Anchor(index)), Html.Element("bdi", move.Name)),
            Badge.Of(move.Outcome),
            Html.Element("code", move.ErrorId ?? Figures.None),
            isRefusal ? Lines(failed.Select(check => $"{check.Id}: {check.Message}")) : MoveSection.Sentence(move),
            isRefusal ? Lines(failed.Select(check => check.Remediation).OfType<string>()) : move.Message ?? Figures.None,
        ];
    }

    private static XElement[] Lines(IEnumerable<string> texts) => [.. texts.Select(text => Html.Element("div", text))];
}
