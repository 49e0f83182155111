using System.Xml.Linq;

namespace XenMigrate.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly Gen<string> s_anyText = Gen.Char['\0', '\uffff'].Array[0, 30].Select(chars => new string(chars));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</style></title></svg>")]
    [InlineData("a&b' -->")]
    public void A_hostile_name_is_text_and_nothing_else(string name)
    {
        string html = SampleMoves.Content(Hostile(name)).ToText(ReportFormat.Html);

        XElement page = Parse(html);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "img");
        Assert.DoesNotContain(name, html);
        Assert.Equal(name, page.Descendants("section").Single().Descendants("bdi").First().Value);
        Assert.All(page.Descendants().Attributes(), attribute => Assert.False(
            attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal), attribute.ToString()));
    }

    [Fact]
    public void No_text_breaks_the_page() => s_anyText.Sample(
        text => Assert.NotNull(Parse(SampleMoves.Content(Hostile(text)).ToText(ReportFormat.Html))), iter: 200);

    [Fact]
    public void Control_characters_and_turned_writing_become_visible() =>
        Assert.Equal("a␛[31m␀\ufffdb\ufffd😀", Html.Visible("a\u001b[31m\0\u202eb\ud800😀"));

    [Fact]
    public void It_needs_no_network_and_no_script()
    {
        XElement page = Page(SampleMoves.Converged(), SampleMoves.Refused());

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.All(page.Descendants().Attributes("href"), href => Assert.StartsWith("#", href.Value));
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value);
        Assert.DoesNotContain("@import", page.Descendants("style").Single().Value);
        Assert.Contains(page.Descendants("meta"), meta => (string?)meta.Attribute("content") == "default-src 'none'; style-src 'unsafe-inline'");
    }

    [Fact]
    public void The_style_means_the_same_in_html_as_in_xml() =>
        // HTML does not decode entities in a style.
        Assert.DoesNotContain(HtmlStyle.Text, c => c is '<' or '>' or '&');

    [Fact]
    public void Each_link_has_its_target_and_no_id_is_twice()
    {
        XElement page = Page(SampleMoves.Converged(), SampleMoves.WentOffline(), SampleMoves.Refused());
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];

        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(4, page.Descendants("a").Count());
        Assert.All(page.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value[1..], ids));
        Assert.All(page.Descendants().Attributes("aria-labelledby").SelectMany(names => names.Value.Split(' ')), id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Tables_have_headers_with_a_scope_and_a_caption() =>
        Assert.All(Page(SampleMoves.Converged(), SampleMoves.Refused()).Descendants("table"), table =>
        {
            Assert.NotEmpty(table.Element("caption")!.Value);
            Assert.All(table.Element("thead")!.Descendants("th"), header => Assert.Equal("col", (string?)header.Attribute("scope")));
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal("row", (string?)row.Element("th")!.Attribute("scope")));
        });

    [Fact]
    public void The_summary_tells_each_move_in_a_row()
    {
        XElement row = Page(SampleMoves.Converged()).Descendants("table").First().Element("tbody")!.Elements("tr").Single();

        Assert.Equal(
            ["testvm1", "et-virt08", "et-virt07", "Live", "✓ Succeeded", "4", "278 MiB", "1.84 s", "4.2 ms", "5.1 ms", "4.6 ms"],
            row.Elements().Select(cell => cell.Value));
    }

    [Fact]
    public void A_move_that_was_refused_says_why_and_what_to_do()
    {
        XElement section = Page(SampleMoves.Refused()).Descendants("section").Single();

        Assert.Contains("On et-virt07: brctl addbr xenbr1", section.Value);
        Assert.Contains("BridgeMissing", section.Value);
        Assert.Empty(section.Descendants("svg"));
        Assert.Equal("1 check passed", section.Descendants("summary").Single().Value);
    }

    [Fact]
    public void A_table_of_rounds_has_them_all_and_marks_the_pause()
    {
        XElement table = Page(SampleMoves.Converged()).Descendants("table")
            .Single(table => table.Element("caption")!.Value == "Rounds of testvm1");
        string[] rows = [.. table.Element("tbody")!.Elements("tr").Select(row => string.Join("|", row.Elements().Select(cell => cell.Value)))];

        Assert.Equal(4, rows.Length);
        Assert.Equal(
            "0|65\u202f536|256 MiB|331 ms|775 MiB/s|3\u202f600 pages|20.7 ms|Another round|20.7 ms are more than the allowed 10 ms", rows[0]);
        Assert.StartsWith("3 (paused)|420|", rows[3]);
    }

    [Fact]
    public void Checks_that_were_made_alone_are_a_section()
    {
        ReportContent content = new() { GeneratedAt = FakeTiming.Start, Environments = [SampleMoves.Environment()] };

        XElement section = Parse(content.ToText(ReportFormat.Html)).Descendants("section").Single();

        Assert.Contains("A move of web would be refused. 1 check said no.", section.Value);
        Assert.Contains("brctl addbr xenbr1", section.Value);
    }

    [Fact]
    public void Several_destinations_are_a_table_before_their_sections()
    {
        MigrationReport refused = SampleMoves.Environment();
        MigrationReport ready = refused with { Destination = "et-virt09", FreeNowMB = 800, CheckResult = [] };

        XElement page = Parse(new ReportContent { GeneratedAt = FakeTiming.Start, Environments = [ready, refused] }.ToText(ReportFormat.Html));

        XElement[] rows = [.. page.Descendants("section").First().Descendants("tbody").Single().Elements("tr")];
        Assert.Equal(["et-virt09", "et-virt07"], rows.Select(row => row.Elements().First().Value));
        Assert.Contains("800Nothing speaks against it.", rows[0].Value);
        Assert.Contains("XM-NET-01", rows[1].Value);
        Assert.Equal(3, page.Descendants("section").Count());
    }

    [Fact]
    public void Nothing_is_a_page_too() =>
        Assert.Contains("Nothing was moved", Page().Value);

    private static MigrationResult Hostile(string text) => SampleMoves.Converged(text) with
    {
        Source = text,
        Destination = text,
        ComputerName = text,
        Message = text,
        ErrorId = text,
        StopReason = text,
        Transcript = [text],
        SkippedCheck = [text],
        Check = [SampleMoves.Check(CheckStatus.Failed) with { Guest = text, Message = text, Remediation = text, Name = text, Id = text }],
        Iteration = [.. SampleMoves.Converged().Iteration.Select(round => round with { Reason = text })],
    };

    private static XElement Page(params MigrationResult[] moves) => Parse(SampleMoves.Content(moves).ToText(ReportFormat.Html));

    private static XElement Parse(string html)
    {
        const string Doctype = "<!DOCTYPE html>\n";
        Assert.StartsWith(Doctype, html, StringComparison.Ordinal);
        return XElement.Parse(html[Doctype.Length..]);
    }
}
