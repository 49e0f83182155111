namespace XenMigrate.Reports;

/// <summary>What a report tells of: moves that were made, and environments that were checked.</summary>
internal sealed record ReportContent
{
    public required DateTimeOffset GeneratedAt { get; init; }

    public IReadOnlyList<MigrationResult> Moves { get; init; } = [];

    public IReadOnlyList<MigrationReport> Environments { get; init; } = [];

    /// <summary>Results of checks that come one by one, put together by the hosts they are about.</summary>
    public static IReadOnlyList<MigrationReport> Group(IEnumerable<CheckResult> checks, DateTimeOffset at) =>
    [
        .. checks.GroupBy(check => (check.Source, check.Destination)).Select(pair => new MigrationReport
        {
            Source = pair.Key.Source,
            Destination = pair.Key.Destination,
            Guest = [.. pair.Select(check => check.Guest).OfType<string>().Distinct(StringComparer.Ordinal)],
            CheckResult = [.. pair],
            GeneratedAt = at,
        }),
    ];
}
