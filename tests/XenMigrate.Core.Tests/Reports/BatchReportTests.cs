using System.Xml.Linq;

namespace XenMigrate.Tests.Reports;

/// <summary>Reports of several moves.</summary>
public class BatchReportTests
{
    [Fact]
    public void A_picture_shows_when_each_guest_was_moved()
    {
        XElement page = Html(At(SampleMoves.Converged("web"), 0, 20), At(SampleMoves.Converged("db"), 5, 30), At(SampleMoves.Refused(), 20, 21));

        XElement picture = page.Element("body")!.Element("main")!.Element("figure")!;
        Assert.Contains("3 moves from 2026-11-22 22:00:00 UTC, 30 s in all, 2 at once at most", picture.Value);
        Assert.Equal(["went", "went", "refused"], picture.Descendants("rect").Select(bar => (string)bar.Attribute("class")!));
        Assert.Equal("web: et-virt08 to et-virt07, Succeeded: 20 s, stood still for 4.2 ms", picture.Descendants("g").First().Element("title")!.Value);
        Assert.All(picture.Descendants("rect"), bar => Assert.InRange((double)bar.Attribute("x")! + (double)bar.Attribute("width")!, 150, 949));
    }

    [Fact]
    public void Without_times_there_is_no_picture() =>
        Assert.Null(Html(SampleMoves.Converged("web"), SampleMoves.Converged("db")).Element("body")!.Element("main")!.Element("figure"));

    [Fact]
    public void What_did_not_succeed_is_told_with_its_remedy()
    {
        XElement table = Html(SampleMoves.Converged(), SampleMoves.Refused()).Descendants("table")
            .Single(table => table.Element("caption")!.Value == "Moves that did not succeed");

        XElement[] cells = [.. table.Element("tbody")!.Elements("tr").Single().Elements()];
        Assert.Equal(
            ["web", "! Refused", "BridgeMissing", "XM-NET-01: et-virt07 has no bridge xenbr1, which web uses.", "On et-virt07: brctl addbr xenbr1"],
            cells.Select(cell => cell.Value));
        Assert.Equal("#move-2", (string?)cells[0].Element("a")!.Attribute("href"));
    }

    [Fact]
    public void Where_all_succeeded_nothing_is_left_to_do() =>
        Assert.DoesNotContain("What did not succeed", Html(SampleMoves.Converged("web"), SampleMoves.Converged("db")).Value);

    [Fact]
    public void A_build_server_sees_moves_and_checks_as_tests()
    {
        ReportContent content = SampleMoves.Content(SampleMoves.Converged(), SampleMoves.Refused()) with
        {
            Environments = [SampleMoves.Environment() with
            {
                CheckResult =
                [
                    SampleMoves.Check(CheckStatus.Passed),
                    SampleMoves.Check(CheckStatus.Failed) with { ErrorId = "BridgeMissing", Message = "none", Remediation = "Make it." },
                    SampleMoves.Check(CheckStatus.Unknown),
                    SampleMoves.Check(CheckStatus.Skipped),
                    SampleMoves.Check(CheckStatus.Warning),
                ],
            }],
        };

        XElement root = XDocument.Parse(content.ToText(ReportFormat.JUnit)).Root!;

        Assert.Equal(("7", "2", "1", "1"), Counts(root));
        XElement[] suites = [.. root.Elements("testsuite")];
        Assert.Equal(("2", "1", "0", "0"), Counts(suites[0]));
        XElement refused = suites[0].Elements("testcase").Single(item => (string?)item.Attribute("name") == "web");
        Assert.Equal("BridgeMissing", (string?)refused.Element("failure")!.Attribute("type"));
        Assert.Contains("brctl addbr xenbr1", refused.Element("failure")!.Value);
        Assert.Equal("1.84", (string?)suites[0].Elements("testcase").First().Attribute("time"));
        Assert.Contains("Make it.", suites[1].Descendants("failure").Single().Value);
    }

    [Fact]
    public void A_hostile_name_is_text_in_it_too()
    {
        const string Name = "\"><failure/>\0]]>";

        XElement root = XDocument.Parse(SampleMoves.Content(SampleMoves.Converged(Name)).ToText(ReportFormat.JUnit)).Root!;

        Assert.Empty(root.Descendants("failure"));
        Assert.StartsWith("\"><failure/>", (string?)root.Descendants("testcase").Single().Attribute("name"));
    }

    private static (string?, string?, string?, string?) Counts(XElement item) => (
        (string?)item.Attribute("tests"), (string?)item.Attribute("failures"), (string?)item.Attribute("errors"), (string?)item.Attribute("skipped"));

    private static MigrationResult At(MigrationResult move, double from, double to) => move with
    {
        BeganAt = FakeTiming.Start.AddSeconds(from),
        EndedAt = FakeTiming.Start.AddSeconds(to),
    };

    private static XElement Html(params MigrationResult[] moves) =>
        XElement.Parse(SampleMoves.Content(moves).ToText(ReportFormat.Html).Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal));
}
