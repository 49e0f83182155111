namespace XenMigrate.Reports;

/// <summary>A report as one page: no other file, no network, no script. Its markup is well-formed XML too.</summary>
internal static class HtmlReport
{
    // The page says itself that it loads and runs nothing, and the browser sees to it.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    public static string Write(ReportContent content)
    {
        XElement page = Html.Element(
            "html",
            Html.Attribute("lang", "en"),
            Html.Element(
                "head",
                Html.Element("meta", Html.Attribute("charset", "utf-8")),
                Html.Element("meta", Html.Attribute("http-equiv", "Content-Security-Policy"), Html.Attribute("content", Policy)),
                Html.Element("meta", Html.Attribute("name", "viewport"), Html.Attribute("content", "width=device-width, initial-scale=1")),
                Html.Element("meta", Html.Attribute("name", "color-scheme"), Html.Attribute("content", "light dark")),
                Html.Element("title", Title(content)),
                Html.Element("style", HtmlStyle.Text)),
            Html.Element("body", Body(content)));
        return "<!DOCTYPE html>\n" + page.ToString().Replace("\r\n", "\n") + "\n";
    }

    private static IEnumerable<XElement> Body(ReportContent content)
    {
        yield return Html.Element(
            "header",
            Html.Element("h1", Title(content)),
            Html.Element("p", Html.Class("quiet"), $"Written by XenMigrate at {Figures.Moment(content.GeneratedAt)}"));
        yield return Html.Element("main", Main(content));
    }

    private static IEnumerable<XElement> Main(ReportContent content)
    {
        if (content.Moves.Count > 0)
        {
            yield return SummaryTiles.Build(content.Moves);
            yield return Html.Element("h2", "Summary");
            yield return SummaryTable.Build(content.Moves);
            foreach (XElement part in BatchParts(content.Moves))
            {
                yield return part;
            }
        }

        for (int i = 0; i < content.Moves.Count; i++)
        {
            yield return MoveSection.Build(content.Moves[i], SummaryTable.Anchor(i));
        }

        if (content.Environments.Count > 1)
        {
            yield return Html.Element("section", DestinationTable.Build(content.Environments));
        }

        foreach (MigrationReport report in content.Environments)
        {
            yield return EnvironmentSection.Build(report);
        }

        if (content.Moves.Count == 0 && content.Environments.Count == 0)
        {
            yield return Html.Element("p", "Nothing was moved, and nothing was checked.");
        }
    }

    /// <summary>What only several moves have: when each was made, and all that is left to do.</summary>
    private static IEnumerable<XElement> BatchParts(IReadOnlyList<MigrationResult> moves)
    {
        if (moves.Count < 2)
        {
            yield break;
        }

        if (WindowPicture.Build(moves) is { } picture)
        {
            yield return Html.Element("h2", "When each was moved");
            yield return picture;
        }

        if (FailureTable.Build(moves) is { } failures)
        {
            yield return Html.Element("h2", "What did not succeed, and what to do");
            yield return failures;
        }
    }

    private static string Title(ReportContent content) => content.Moves.Count > 0
        ? $"Xen migration report: {Figures.Many(content.Moves.Count, "move")}"
        : "Xen migration report: checks";
}
