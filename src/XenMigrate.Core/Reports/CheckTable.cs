namespace XenMigrate.Reports;

/// <summary>What checks found: those that ask for something in full, the others folded up.</summary>
internal static class CheckTable
{
    public static IEnumerable<XElement> Build(IReadOnlyList<CheckResult> checks)
    {
        CheckResult[] problems = [.. checks.Where(IsProblem).OrderByDescending(Weight)];
        CheckResult[] others = [.. checks.Where(check => !IsProblem(check))];

        if (problems.Length > 0)
        {
            yield return Table($"Checks that did not pass ({Figures.Many(problems.Length, "finding")})", problems, withRemedy: true);
        }

        if (others.Length > 0)
        {
            int passed = others.Count(check => check.Status == CheckStatus.Passed);
            string skipped = others.Length > passed ? $", {Figures.Many(others.Length - passed, "check")} skipped" : "";
            yield return Html.Element(
                "details",
                Html.Element("summary", $"{Figures.Many(passed, "check")} passed{skipped}"),
                Table("Checks that passed or were skipped", others, withRemedy: false));
        }
    }

    public static bool IsProblem(CheckResult check) => check.Status is not (CheckStatus.Passed or CheckStatus.Skipped);

    private static int Weight(CheckResult check) => check.Status switch
    {
        CheckStatus.Failed => 2,
        CheckStatus.Unknown => 1,
        _ => 0,
    };

    private static XElement Table(string caption, IEnumerable<CheckResult> checks, bool withRemedy)
    {
        HtmlTable table = withRemedy
            ? new HtmlTable(caption, "Check", "Status", "About", "What was found", "What to do")
            : new HtmlTable(caption, "Check", "Status", "About", "What was found");
        return table.Build(checks.Select(check => Row(check, withRemedy)));
    }

    private static object?[] Row(CheckResult check, bool withRemedy)
    {
        object?[] row =
        [
            new object[] { Html.Element("code", check.Id), Html.Element("br"), Html.Element("span", Html.Class("quiet"), check.Name) },
            Badge.Of(check.Status),
            check.Guest ?? "both hosts",
            check.Message,
        ];
        return withRemedy ? [.. row, check.Remediation ?? Figures.None] : row;
    }
}
