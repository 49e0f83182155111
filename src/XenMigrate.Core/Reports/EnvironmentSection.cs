namespace XenMigrate.Reports;

/// <summary>What Test-MigrationEnvironment found for one source and one destination.</summary>
internal static class EnvironmentSection
{
    public static XElement Build(MigrationReport report) => Html.Element(
        "section",
        Html.Element(
            "h2",
            "Checks ",
            Html.Element("span", Html.Class("quiet"), $"{report.Source} → {report.Destination}"),
            " ",
            Badge.Of(report.Status)),
        Html.Element("p", Html.Class("lead"), Sentence(report)),
        CheckTable.Build(report.CheckResult));

    private static string Sentence(MigrationReport report)
    {
        string whom = report.Guest.Count > 0 ? string.Join(", ", report.Guest) : "a guest";
        return (report.IsReady
            ? $"Nothing speaks against moving {whom}."
            : $"A move of {whom} would be refused. {Figures.Many(report.CheckResult.Count(MigrationReport.Blocks), "check")} said no.")
            + $" Checked at {Figures.Moment(report.GeneratedAt)}.";
    }
}
