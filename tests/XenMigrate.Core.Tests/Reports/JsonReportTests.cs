using System.Text.Json;

namespace XenMigrate.Tests.Reports;

public sealed class JsonReportTests
{
    [Fact]
    public void A_move_has_all_its_figures_under_stable_names()
    {
        using JsonDocument document = JsonDocument.Parse(SampleMoves.Content(SampleMoves.Converged()).ToText(ReportFormat.Json));
        JsonElement root = document.RootElement;
        JsonElement move = root.GetProperty("moves")[0];

        Assert.Equal("xenmigrate-report", root.GetProperty("format").GetString());
        Assert.Equal(1, root.GetProperty("version").GetInt32());
        Assert.Equal(
            [
                "name", "uuid", "source", "destination", "computerName", "mode", "outcome", "durationSeconds", "downtimeSeconds",
                "downtimeParts", "downtimeBasis", "predictedDowntimeSeconds", "predictedDowntimeParts", "heartbeatGapSeconds", "stopReason", "bytesTransferred", "errorId",
                "message", "iterations", "skippedChecks", "checks", "transcript", "logPath", "beganAt", "endedAt",
            ],
            move.EnumerateObject().Select(property => property.Name));
        Assert.Equal(0.0042m, move.GetProperty("downtimeSeconds").GetDecimal());
        Assert.Equal("Succeeded", move.GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, move.GetProperty("errorId").ValueKind);
    }

    [Fact]
    public void Every_property_of_a_result_is_in_it() =>
        Assert.Equal(
            typeof(MigrationResult).GetProperties().Length,
            JsonDocument.Parse(SampleMoves.Content(SampleMoves.Converged()).ToText(ReportFormat.Json))
                .RootElement.GetProperty("moves")[0].EnumerateObject().Count());

    [Fact]
    public void A_round_has_its_figures()
    {
        using JsonDocument document = JsonDocument.Parse(SampleMoves.Content(SampleMoves.Converged()).ToText(ReportFormat.Json));
        JsonElement round = document.RootElement.GetProperty("moves")[0].GetProperty("iterations")[0];

        Assert.Equal(
            ["number", "pages", "bytes", "durationSeconds", "bytesPerSecond", "dirtyPages", "predictedDowntimeSeconds", "decision", "reason"],
            round.EnumerateObject().Select(property => property.Name));
        Assert.Equal(0.331m, round.GetProperty("durationSeconds").GetDecimal());
        Assert.Equal("Continue", round.GetProperty("decision").GetString());
    }

    [Fact]
    public void Checks_carry_their_evidence()
    {
        ReportContent content = new() { GeneratedAt = FakeTiming.Start, Environments = [SampleMoves.Environment() with { MigrationAddress = "10.77.0.7" }] };

        using JsonDocument document = JsonDocument.Parse(content.ToText(ReportFormat.Json));
        JsonElement environment = document.RootElement.GetProperty("environments")[0];
        JsonElement check = environment.GetProperty("checks")[1];

        Assert.False(environment.GetProperty("isReady").GetBoolean());
        Assert.Equal(JsonValueKind.Null, environment.GetProperty("freeMemoryMB").ValueKind);
        Assert.Equal("10.77.0.7", environment.GetProperty("migrationAddress").GetString());
        Assert.Equal("brctl show", check.GetProperty("evidence").GetProperty("command").GetString());
        Assert.Equal("BridgeMissing", check.GetProperty("errorId").GetString());
    }

    [Fact]
    public void Any_name_survives() => Gen.String.Sample(
        name => name == JsonDocument.Parse(SampleMoves.Content(SampleMoves.Converged(name)).ToText(ReportFormat.Json))
            .RootElement.GetProperty("moves")[0].GetProperty("name").GetString(),
        iter: 100);
}
