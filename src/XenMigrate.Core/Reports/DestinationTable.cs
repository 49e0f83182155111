namespace XenMigrate.Reports;

/// <summary>Which guest could go where, and why not: one row a report, with no more than what decides.</summary>
internal static class DestinationTable
{
    public static IEnumerable<XElement> Build(IReadOnlyList<MigrationReport> reports)
    {
        yield return Html.Element("h2", "Destinations");
        yield return new HtmlTable("Destinations", "Destination", "Source", "Guests", "Status", "#Free MiB afterwards", "Why")
            .Build(reports.Select(Row));
    }

    private static object?[] Row(MigrationReport report) =>
    [
        report.Destination,
        report.Source,
        report.Guest.Count > 0 ? string.Join(", ", report.Guest) : Figures.None,
        Badge.Of(report.Status),
        report.FreeMemoryMB?.ToString(CultureInfo.InvariantCulture) ?? Figures.None,
        report.Problem is { } problem
            ? new object[] { Html.Element("code", problem.Id), " ", problem.Message }
            : "Nothing speaks against it.",
    ];
}
