namespace XenMigrate.Tests.Reports;

public sealed class ReportContentTests
{
    [Fact]
    public void Checks_are_put_together_by_their_hosts()
    {
        CheckResult check = SampleMoves.Check(CheckStatus.Passed);

        IReadOnlyList<MigrationReport> reports = ReportContent.Group(
            [check, check with { Destination = "xen9", Guest = "web" }, check with { Guest = "db" }, check with { Guest = "db" }],
            FakeTiming.Start);

        Assert.Equal(["et-virt07", "xen9"], reports.Select(report => report.Destination));
        Assert.Equal(["db"], reports[0].Guest);
        Assert.Equal(3, reports[0].CheckResult.Count);
    }
}
