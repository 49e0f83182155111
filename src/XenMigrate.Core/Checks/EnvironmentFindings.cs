namespace XenMigrate.Checks;

/// <summary>What the checks of an environment came to.</summary>
/// <param name="Reports">One for each way: first those to the destinations, as they were named, then those back.</param>
/// <param name="Missing">Guests that the source has no more.</param>
internal sealed record EnvironmentFindings(IReadOnlyList<MigrationReport> Reports, IReadOnlyList<Guest> Missing)
{
    /// <summary>What each way was judged by, as the reports are in order.</summary>
    public IReadOnlyList<PairFacts> Facts { get; init; } = [];

    /// <summary>
    /// As reports if asked for; else, where guests have several destinations to choose from, a report for each guest and
    /// destination; else every result.
    /// </summary>
    public IReadOnlyList<object> Show(bool asReport, bool onlyProblems)
    {
        if (asReport)
        {
            return [.. Best(Reports).Select(report => onlyProblems ? report.WithProblemsOnly() : report)];
        }

        return Reports.Count(report => report.Guest.Count > 0) > 1
            ? [.. ByGuest().Where(report => !onlyProblems || report.Problem is not null)]
            : [.. Reports.SelectMany(report => (onlyProblems ? report.WithProblemsOnly() : report).CheckResult)];
    }

    /// <summary>The guests as they came, and of each the best destination first; then what is about no guest.</summary>
    public IReadOnlyList<MigrationReport> ByGuest() =>
    [
        .. Reports.SelectMany(report => report.Guest).Distinct()
            .SelectMany(guest => Best(Reports.Where(report => report.Guest.Contains(guest)).Select(report => report.For(guest)))),
        .. Reports.Where(report => report.Guest.Count == 0),
    ];

    // One that is ready, of these one without warnings, and of these the one that has the most memory left.
    private static IEnumerable<MigrationReport> Best(IEnumerable<MigrationReport> reports) => reports
        .OrderByDescending(report => report.Guest.Count > 0)
        .ThenByDescending(report => report.IsReady)
        .ThenBy(report => Weight(report.Status))
        .ThenByDescending(report => report.FreeMemoryMB ?? long.MinValue);

    private static int Weight(CheckStatus status) => status switch
    {
        CheckStatus.Passed or CheckStatus.Skipped => 0,
        CheckStatus.Warning => 1,
        CheckStatus.Unknown => 2,
        _ => 3,
    };
}
