namespace XenMigrate.Tests;

public class ReportedMovesTests
{
    private readonly FakeTiming _timing = new();
    private readonly ReportedMoves _moves;

    public ReportedMovesTests() => _moves = new ReportedMoves(_timing.Timing);

    [Fact]
    public void What_a_report_rules_out_is_refused_while_it_is_fresh_and_looked_at_again_later()
    {
        _timing.Advance(TimeSpan.FromMinutes(10));
        MigrationResult? fresh = _moves.Refusal(Report(CheckStatus.Failed), "web", live: true, CheckSelection.Everything);
        _timing.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((MigrationOutcome.Refused, MigrationMode.Live, "a"), (fresh!.Outcome, fresh.Mode, fresh.ComputerName));
        Assert.Null(_moves.Refusal(Report(CheckStatus.Failed), "web", live: true, CheckSelection.Everything));
    }

    [Fact]
    public void What_a_report_allows_is_not_refused_by_it() =>
        Assert.Null(_moves.Refusal(Report(CheckStatus.Warning), "web", live: true, CheckSelection.Everything));

    [Fact]
    public void What_nobody_knows_is_refused() =>
        Assert.Equal("PreflightFailed", _moves.Refusal(Report(CheckStatus.Unknown), "web", live: false, CheckSelection.Everything)!.ErrorId);

    [Fact]
    public void What_the_move_is_not_checked_for_is_no_reason_to_refuse_it()
    {
        MigrationReport report = Report(CheckStatus.Failed, "XM-NET-01");

        Assert.Null(_moves.Refusal(report, "web", live: true, CheckSelection.AllBut(["Network"])));
        Assert.NotNull(_moves.Refusal(report, "web", live: true, CheckSelection.AllBut(["Storage"])));
    }

    [Theory]
    [InlineData(MigrationOutcome.Refused, false)]
    [InlineData(MigrationOutcome.Succeeded, true)]
    [InlineData(MigrationOutcome.Aborted, true)]
    [InlineData(MigrationOutcome.Undetermined, true)]
    [InlineData(MigrationOutcome.FailedSourceSuspended, true)]
    public void Another_destination_is_tried_only_where_nothing_was_touched(MigrationOutcome outcome, bool tried)
    {
        MigrationReport report = Report(CheckStatus.Passed);
        _moves.Note(report, "web", new MigrationResult { Name = "web", Source = "a", Destination = "b", Outcome = outcome });

        Assert.Equal(tried, _moves.WasTried(report with { Destination = "c" }, "web"));
        Assert.False(_moves.WasTried(report, "db"));
    }

    [Fact]
    public void What_was_declined_was_not_tried()
    {
        _moves.Note(Report(CheckStatus.Passed), "web", result: null);

        Assert.False(_moves.WasTried(Report(CheckStatus.Passed), "web"));
    }

    private static MigrationReport Report(CheckStatus status, string id = "X") => new()
    {
        Source = "a",
        Destination = "b",
        Guest = ["web"],
        GeneratedAt = FakeTiming.Start,
        CheckResult =
        [
            new() { Id = id, Name = "x", Source = "a", Destination = "b", Message = "", Status = status, Severity = CheckSeverity.Error },
        ],
    };
}
