using System.Text.Json;
using XenMigrate.Benchmarks;

namespace XenMigrate.Tests;

/// <summary>How figures are shown, kept, and compared with earlier ones.</summary>
public class BenchmarkReportTests
{
    private static readonly Figure s_copy = Of(Measured.Speed("one connection, with a name that is long enough to be wrapped", 0.9, "a <plain> copy", [(1, 1), (2, 1.9), (1, 0.98)]));
    private static readonly Figure s_pause = Of(Measured.Value("pause", "ms", null, 10, [3, 3.2, 3.4, 3.6]));
    private static readonly Figure s_share = Of(Measured.Share("pauses", "ms", 0.95, "what was allowed", [(1, 2), (2, 2)]));

    [Fact]
    public void A_report_comes_back_from_json_and_a_reader_finds_its_verdicts()
    {
        BenchmarkReport report = Report(s_copy, s_pause, s_share, Of(Measured.Skipped("against QEMU", "it is not installed")));

        BenchmarkReport back = BenchmarkReport.Parse(report.ToJson());

        Assert.Equal(report.ToJson(), back.ToJson());
        Assert.Equal(report.Figures.Select(figure => (figure.Name, figure.Value, figure.Met, figure.Why)), back.Figures.Select(figure => (figure.Name, figure.Value, figure.Met, figure.Why)));
        JsonElement pause = JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("figures")[1];
        Assert.Equal((3.3, "met", "Value"), (pause.GetProperty("value").GetDouble(), pause.GetProperty("verdict").GetString(), pause.GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"figures":[{"name":"a"}]}""")]
    public void Garbage_is_no_report(string json) => Assert.ThrowsAny<JsonException>(() => BenchmarkReport.Parse(json));

    [Fact]
    public void The_table_fits_a_terminal()
    {
        string table = TextTable.Of(Report(s_copy, s_pause, s_share, Of(Measured.Skipped("against QEMU", "it is not installed, and this reason is a long one that takes more than a line"))));

        Assert.All(table.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 79, line));
        Assert.Contains("pause, ms                               3.30  <= 10      3.00..3.60  met", table, StringComparison.Ordinal);
        Assert.Contains("against a <plain> copy", table, StringComparison.Ordinal);
        Assert.Contains("not judged: it is not installed", table, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_nothing_else_and_has_a_chart_of_each_figure_with_runs()
    {
        string page = HtmlPage.Of(Report(s_copy, s_pause, s_share, Of(Measured.Skipped("against QEMU", "it is not installed"))));

        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("a &lt;plain&gt; copy", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split("<svg").Length - 1);
        Assert.Equal(3 + 4 + 2, page.Split("<circle").Length - 1);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_got_worse_by_more_than_its_runs_differ_is_told()
    {
        Figure Pause(params double[] runs) => Of(Measured.Value("pause", "ms", null, 10, runs));

        Assert.Equal(ChangeKind.Worse, Kind(s_pause, Pause(5, 5.1, 5.2, 5.3)));
        Assert.Equal(ChangeKind.Better, Kind(s_pause, Pause(1, 1.1, 1.2, 1.3)));
        Assert.Equal(ChangeKind.Same, Kind(s_pause, Pause(3.3, 3.4, 3.5, 5)));
        // A tenth is what one run differs from another by.
        Assert.Equal(ChangeKind.Same, Kind(Pause(3, 3, 3), Pause(3.2, 3.2, 3.2)));
        Assert.Equal(ChangeKind.NotJudged, Kind(s_pause, Pause()));
        Assert.Equal(ChangeKind.NotJudged, Kind(s_pause, Pause(5, 5, 5, 5) with { Busy = "others ran" }));
        Assert.Equal("embedded: pause: 3.30 before, 5.15 now: WORSE", Assert.Single(Comparison.Of(Report(s_pause), Report(Pause(5, 5.1, 5.2, 5.3)))).ToString());
    }

    [Fact]
    public void Slower_is_less_of_a_speed_and_more_of_a_time()
    {
        Figure Speed(double ratio) => Of(Measured.Speed("a", 0.5, "b", [(1, ratio), (1, ratio)]));
        Figure Time(double ratio) => Of(Measured.Time("a", 5, "b", [(ratio, 1), (ratio, 1)]));
        Figure Off(double by) => Of(Measured.Value("a", "ms", -5, 5, [by, by]));

        Assert.Equal((ChangeKind.Worse, ChangeKind.Better), (Kind(Speed(1), Speed(0.8)), Kind(Speed(0.8), Speed(1))));
        Assert.Equal((ChangeKind.Better, ChangeKind.Worse), (Kind(Time(1), Time(0.8)), Kind(Time(0.8), Time(1))));
        Assert.Equal((ChangeKind.Worse, ChangeKind.Same, ChangeKind.Better), (Kind(Off(1), Off(-4)), Kind(Off(0.1), Off(0.3)), Kind(Off(-4), Off(0))));
        Assert.Equal(ChangeKind.Worse, Kind(s_share, Of(Measured.Share("pauses", "ms", 0.95, "what was allowed", [(1, 2), (3, 2)]))));
    }

    [Fact]
    public void What_is_new_and_what_is_gone_is_told_but_not_what_was_not_run()
    {
        Figure other = s_copy with { Benchmark = "lab" };

        Assert.Equal(
            [("pause", ChangeKind.New), (s_copy.Name, ChangeKind.Gone)],
            Comparison.Of(Report(s_copy, other), Report(s_pause)).Select(change => ((change.After ?? change.Before)!.Name, change.Kind)));
    }

    private static ChangeKind Kind(Figure before, Figure after) => Assert.Single(Comparison.Of(Report(before), Report(after with { Name = before.Name }))).Kind;

    private static Figure Of(Figure figure) => figure with { Benchmark = "embedded" };

    private static BenchmarkReport Report(params Figure[] figures) => new(DateTimeOffset.UnixEpoch, "abc1234", "2 processors", figures);
}
