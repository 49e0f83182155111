namespace XenMigrate.Moves;

/// <summary>
/// Moves by reports of what was found before. Of several reports about one guest, the first whose destination takes it
/// counts.
/// </summary>
internal sealed class ReportedMoves(Timing timing)
{
    private readonly HashSet<(string Source, string Guest)> _tried = [];

    /// <summary>Whether a move of the guest has been tried already.</summary>
    public bool WasTried(MigrationReport report, string guest) => _tried.Contains((report.Source, guest));

    /// <summary>
    /// What the report itself says no by; null if it does not, or not any more: what is older than its validity may not
    /// be so now, for good or ill.
    /// </summary>
    /// <param name="report">What was found.</param>
    /// <param name="guest">One of its guests.</param>
    /// <param name="live">How the guest is to be moved.</param>
    /// <param name="checks">What the move is to be checked for: what it skips does not speak against it.</param>
    public MigrationResult? Refusal(MigrationReport report, string guest, bool live, CheckSelection checks)
    {
        MigrationReport counted = report with { CheckResult = [.. report.CheckResult.Where(result => !checks.LeavesOut(result.Id))] };
        return !counted.IsReady && counted.IsFresh(timing.Now()) ? MigrationResults.Refused(counted, guest, live) : null;
    }

    /// <summary>Remembers what came of it. Where nothing was touched, the next report may name a better destination.</summary>
    public void Note(MigrationReport report, string guest, MigrationResult? result)
    {
        if (result is not (null or { Outcome: MigrationOutcome.Refused }))
        {
            _ = _tried.Add((report.Source, guest));
        }
    }
}
