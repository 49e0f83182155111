using System.Collections.Generic;
using XenMigrate.Environment;

namespace XenMigrate.Migration;

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
    public MigrationResult? Refusal(MigrationReport report, string guest, bool live) =>
        !report.IsReady && report.IsFresh(timing.Now()) ? MigrationResults.Refused(report, guest, live) : null;

    /// <summary>Remembers what came of it. Where nothing was touched, the next report may name a better destination.</summary>
    public void Note(MigrationReport report, string guest, MigrationResult? result)
    {
        if (result is not (null or { Outcome: MigrationOutcome.Refused }))
        {
            _ = _tried.Add((report.Source, guest));
        }
    }
}
