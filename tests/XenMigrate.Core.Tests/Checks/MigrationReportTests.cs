namespace XenMigrate.Tests;

public class MigrationReportTests
{
    [Fact]
    public void The_problem_is_what_blocks_before_what_warns()
    {
        Assert.Null(Report("b", CheckStatus.Passed, CheckStatus.Skipped).Problem);
        Assert.Equal(CheckStatus.Warning, Report("b", CheckStatus.Passed, CheckStatus.Warning).Problem!.Status);
        Assert.Equal(CheckStatus.Unknown, Report("b", CheckStatus.Warning, CheckStatus.Unknown, CheckStatus.Failed).Problem!.Status);
    }

    [Fact]
    public void One_guests_report_has_the_hosts_results_and_its_own()
    {
        MigrationReport report = Report("b", CheckStatus.Passed) with
        {
            Guest = ["web", "db"],
            Found = [A.Guest("web"), A.Guest("db")],
            FreeNowMB = 1000,
            CheckResult = [Result(CheckStatus.Passed, null), Result(CheckStatus.Passed, "web"), Result(CheckStatus.Failed, "db")],
        };

        MigrationReport web = report.For("web");

        Assert.Equal(["web"], web.Guest);
        Assert.Equal([null, "web"], web.CheckResult.Select(result => result.Guest));
        Assert.True(web.IsReady);
        Assert.False(report.For("db").IsReady);
        Assert.Equal((871, 742), (web.FreeMemoryMB, report.FreeMemoryMB));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    [InlineData(-1, false)]
    public void A_report_is_fresh_for_ten_minutes(int seconds, bool fresh) =>
        Assert.Equal(fresh, Report("b").IsFresh(FakeTiming.Start.AddSeconds(seconds)));

    [Fact]
    public void The_best_destination_comes_first()
    {
        MigrationReport[] reports =
        [
            Report("unknown", CheckStatus.Unknown) with { FreeNowMB = 9000 },
            Report("small", CheckStatus.Passed) with { FreeNowMB = 500 },
            Report("failed", CheckStatus.Failed) with { FreeNowMB = 9000 },
            Report("warned", CheckStatus.Warning) with { FreeNowMB = 9000 },
            Report("big", CheckStatus.Skipped) with { FreeNowMB = 800 },
        ];

        string[] expected = ["big", "small", "warned", "unknown", "failed"];
        Assert.Equal(expected, Shown(reports, asReport: false));
        Assert.Equal(expected, Shown(reports, asReport: true));
    }

    [Fact]
    public void Guests_with_one_destination_get_every_result_and_with_several_a_line_each()
    {
        MigrationReport one = Report("b", CheckStatus.Passed, CheckStatus.Warning);
        MigrationReport back = Report("a", CheckStatus.Passed) with { Guest = [] };

        Assert.All(new EnvironmentFindings([one, back], []).Show(false, false), shown => Assert.IsType<CheckResult>(shown));
        Assert.All(new EnvironmentFindings([back, back], []).Show(false, false), shown => Assert.IsType<CheckResult>(shown));
        Assert.Equal(["b", "c", "a"], Shown([one, one with { Destination = "c" }, back], asReport: false));
    }

    [Fact]
    public void Only_problems_are_shown_if_no_more_is_wanted()
    {
        MigrationReport good = Report("good", CheckStatus.Passed, CheckStatus.Skipped);
        MigrationReport bad = Report("bad", CheckStatus.Passed, CheckStatus.Warning);

        Assert.Equal(CheckStatus.Warning, Assert.IsType<CheckResult>(Assert.Single(new EnvironmentFindings([bad], []).Show(false, true))).Status);
        Assert.Equal(["bad"], Shown([good, bad], asReport: false, onlyProblems: true));
        Assert.Equal(["good", "bad"], Shown([good, bad], asReport: true, onlyProblems: true));
        Assert.Equal((CheckStatus.Warning, 1), (bad.WithProblemsOnly().Status, bad.WithProblemsOnly().CheckResult.Count));
    }

    private static IEnumerable<string> Shown(MigrationReport[] reports, bool asReport, bool onlyProblems = false) =>
        new EnvironmentFindings(reports, []).Show(asReport, onlyProblems).Select(shown => Assert.IsType<MigrationReport>(shown).Destination);

    private static MigrationReport Report(string destination, params CheckStatus[] results) => new()
    {
        Source = "a",
        Destination = destination,
        Guest = ["web"],
        GeneratedAt = FakeTiming.Start,
        CheckResult = [.. results.Select(status => Result(status, "web"))],
    };

    private static CheckResult Result(CheckStatus status, string? guest) => new()
    {
        Id = "XM-NET-01",
        Name = "bridges",
        Source = "a",
        Destination = "b",
        Guest = guest,
        Message = "",
        Status = status,
        Severity = CheckSeverity.Error,
    };
}
