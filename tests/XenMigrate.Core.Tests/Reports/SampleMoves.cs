namespace XenMigrate.Tests.Reports;

/// <summary>Moves as the embedded pair makes them.</summary>
internal static class SampleMoves
{
    public static MigrationResult Converged(string name = "testvm1") => new()
    {
        Name = name,
        Uuid = A.Uuid,
        Source = "et-virt08",
        Destination = "et-virt07",
        ComputerName = "et-virt07",
        Mode = MigrationMode.Live,
        Outcome = MigrationOutcome.Succeeded,
        Duration = TimeSpan.FromSeconds(1.84),
        Downtime = TimeSpan.FromMilliseconds(4.2),
        DowntimeBasis = DowntimeBasis.Transfer,
        PredictedDowntime = TimeSpan.FromMilliseconds(5.1),
        HeartbeatGap = TimeSpan.FromMilliseconds(4.6),
        StopReason = "the rest fits into the allowed pause of 300 ms",
        BytesTransferred = 291_000_000,
        Iteration =
        [
            Round(0, 65536, 268_900_000, 0.331, 3600, 0.0207, ConvergenceDecision.Continue, "20.7 ms are more than the allowed 10 ms"),
            Round(1, 3600, 14_800_000, 0.019, 1210, 0.0122, ConvergenceDecision.Continue, "12.2 ms are more than the allowed 10 ms"),
            Round(2, 1210, 5_000_000, 0.0066, 420, 0.0051, ConvergenceDecision.StopAndCopy, "5.1 ms fit into the allowed 10 ms"),
            Round(3, 420, 1_730_000, 0.0029, 0, 0, ConvergenceDecision.StopAndCopy, "paused"),
        ],
        Check = [Check(CheckStatus.Passed), Check(CheckStatus.Skipped) with { Id = "XM-CON-02", Name = "ssh between the hosts" }],
        Transcript = ["Saving domain testvm1 ..."],
    };

    public static MigrationResult WentOffline() => Converged("testvm2") with
    {
        Mode = MigrationMode.LiveThenOffline,
        Downtime = TimeSpan.FromSeconds(0.43),
        PredictedDowntime = TimeSpan.FromSeconds(0.41),
        HeartbeatGap = TimeSpan.FromSeconds(0.432),
        StopReason = "5 rounds without 10 % gain",
        Iteration =
        [
            .. Enumerable.Range(0, 7).Select(i => Round(
                i,
                i == 0 ? 65536 : 16000 + (i % 3 * 100),
                i == 0 ? 268_900_000 : 65_800_000,
                i == 0 ? 4.01 : 0.98,
                16200,
                0.41,
                i == 6 ? ConvergenceDecision.GoOffline : ConvergenceDecision.Continue,
                i == 6 ? "5 rounds without 10 % gain" : "the rest does not fit yet")),
            Round(7, 16200, 66_600_000, 0.42, 0, 0, ConvergenceDecision.GoOffline, "paused"),
        ],
    };

    public static MigrationResult Refused() => Converged("web") with
    {
        ComputerName = "et-virt08",
        Outcome = MigrationOutcome.Refused,
        Downtime = null,
        DowntimeBasis = null,
        PredictedDowntime = null,
        HeartbeatGap = null,
        StopReason = null,
        BytesTransferred = null,
        Iteration = [],
        Transcript = [],
        ErrorId = "BridgeMissing",
        Message = "Nothing was touched. [XM-NET-01] et-virt07 has no bridge xenbr1, which web uses. On et-virt07: brctl addbr xenbr1",
        Check =
        [
            Check(CheckStatus.Passed),
            Check(CheckStatus.Failed) with
            {
                Id = "XM-NET-01",
                Name = "Every bridge of the guest exists at the destination",
                Guest = "web",
                Message = "et-virt07 has no bridge xenbr1, which web uses.",
                Remediation = "On et-virt07: brctl addbr xenbr1",
                ErrorId = "BridgeMissing",
                Evidence = new Evidence("et-virt07", "brctl show", 0, "xenbr0"),
            },
        ],
    };

    public static CheckResult Check(CheckStatus status) => new()
    {
        Id = "XM-CON-01",
        Name = "Both hosts can be asked",
        Category = CheckCategory.Connection,
        Status = status,
        Severity = CheckSeverity.Error,
        Source = "et-virt08",
        Destination = "et-virt07",
        Message = "et-virt08 and et-virt07 answer.",
    };

    public static MigrationReport Environment() => new()
    {
        Source = "et-virt08",
        Destination = "et-virt07",
        Guest = ["web"],
        GeneratedAt = FakeTiming.Start,
        CheckResult = Refused().Check,
    };

    public static MigrationIteration Round(
        int number, long pages, long bytes, double seconds, long dirty, double pause, ConvergenceDecision decision, string reason) =>
        new(number, pages, bytes, TimeSpan.FromSeconds(seconds), dirty, TimeSpan.FromSeconds(pause), decision, reason);

    public static ReportContent Content(params MigrationResult[] moves) =>
        new() { GeneratedAt = FakeTiming.Start, Moves = moves };
}
