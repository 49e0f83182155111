namespace XenMigrate.Reports;

/// <summary>
/// A report as JUnit's XML: the moves are one suite, the checks of each two hosts another. What did not succeed is a
/// failure, what could not be asked an error.
/// </summary>
internal static class JUnitReport
{
    private static readonly string[] s_counts = ["tests", "failures", "errors", "skipped"];

    public static string Write(ReportContent content)
    {
        XElement[] suites =
        [
            .. content.Moves.Count > 0 ? new[] { Suite("Moves", content.GeneratedAt, content.Moves.Select(Move)) } : [],
            .. content.Environments.Select(report => Suite(
                $"Checks of {report.Source} to {report.Destination}", report.GeneratedAt, report.CheckResult.Select(Check))),
        ];
        XElement root = Html.Element("testsuites", Html.Attribute("name", "XenMigrate"), Counts(suites), suites);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString().Replace("\r\n", "\n") + "\n";
    }

    private static XElement Suite(string name, DateTimeOffset at, IEnumerable<XElement> cases)
    {
        XElement[] all = [.. cases];
        return Html.Element(
            "testsuite",
            Html.Attribute("name", name),
            Html.Attribute("timestamp", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
            Html.Attribute("tests", Text(all.Length)),
            Html.Attribute("failures", Text(all.Count(item => item.Element("failure") is not null))),
            Html.Attribute("errors", Text(all.Count(item => item.Element("error") is not null))),
            Html.Attribute("skipped", Text(all.Count(item => item.Element("skipped") is not null))),
            Html.Attribute("time", Seconds(all.Sum(item => (double)item.Attribute("time")!))),
            all);
    }

    private static IEnumerable<XAttribute> Counts(XElement[] suites) =>
        s_counts
            .Select(name => Html.Attribute(name, Text(suites.Sum(suite => (int)suite.Attribute(name)!))))
            .Append(Html.Attribute("time", Seconds(suites.Sum(suite => (double)suite.Attribute("time")!))));

    private static XElement Move(MigrationResult move) => Html.Element(
        "testcase",
        Html.Attribute("classname", $"{move.Source} to {move.Destination}"),
        Html.Attribute("name", move.Name),
        Html.Attribute("time", Seconds(move.Duration.TotalSeconds)),
        move.Outcome == MigrationOutcome.Succeeded
            ? null
            : Html.Element(
                "failure",
                Html.Attribute("type", move.ErrorId ?? move.Outcome.ToString()),
                Html.Attribute("message", $"{move.Outcome}: {MoveSection.Sentence(move)}"),
                move.Message ?? MoveSection.Sentence(move)),
        move.Transcript.Count == 0 ? null : Html.Element("system-out", string.Join("\n", move.Transcript)));

    private static XElement Check(CheckResult check) => Html.Element(
        "testcase",
        Html.Attribute("classname", $"{check.Source} to {check.Destination}"),
        Html.Attribute("name", $"{check.Id} {check.Name}{(check.Guest is null ? "" : $" ({check.Guest})")}"),
        Html.Attribute("time", "0"),
        check.Status switch
        {
            CheckStatus.Failed => Problem("failure", check),
            CheckStatus.Unknown => Problem("error", check),
            CheckStatus.Skipped => Html.Element("skipped", Html.Attribute("message", check.Message ?? "")),
            CheckStatus.Warning => Html.Element("system-out", $"Warning: {check.Message} {check.Remediation}".TrimEnd()),
            _ => null,
        });

    private static XElement Problem(string name, CheckResult check) => Html.Element(
        name,
        Html.Attribute("type", check.ErrorId ?? check.Id),
        Html.Attribute("message", check.Message ?? ""),
        $"{check.Message}\n{check.Remediation}".TrimEnd());

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
