namespace XenMigrate.Moves;

/// <summary>Puts what was planned, seen and found into words.</summary>
internal static class MigrationResults
{
    /// <summary>The error id of a move that was given up because the guest was too busy for the allowed pause.</summary>
    public const string NotConvergingId = "MigrationNotConverging";

    /// <summary>The checks said no.</summary>
    public static MigrationResult Refused(MigrationPlan plan, TimeSpan duration) =>
        Refused(Basis(plan) with { Duration = duration }, plan.Report);

    /// <summary>A report that is still fresh said no.</summary>
    public static MigrationResult Refused(MigrationReport report, string guest, bool live) => Refused(
        new MigrationResult
        {
            Name = guest,
            Uuid = report.Found.FirstOrDefault(found => found.Name == guest)?.Uuid,
            Source = report.Source,
            Destination = report.Destination,
            Mode = live ? MigrationMode.Live : MigrationMode.Offline,
            Check = report.CheckResult,
        },
        report);

    private static MigrationResult Refused(MigrationResult basis, MigrationReport report)
    {
        CheckResult[] blocking = [.. report.CheckResult.Where(MigrationReport.Blocks)];
        return basis with
        {
            ComputerName = report.Source,
            Outcome = MigrationOutcome.Refused,
            Refusal = report,
            ErrorId = blocking.Select(result => result.ErrorId).FirstOrDefault(id => id is not null) ?? "PreflightFailed",
            Message = "Nothing was touched. " + string.Join(" ", blocking.Select(Sentence)),
        };
    }

    /// <summary>What to throw or write for a result; null if there is nothing to complain of.</summary>
    public static XenMigrateException? ToError(this MigrationResult result) => result.Outcome switch
    {
        MigrationOutcome.Succeeded => null,
        MigrationOutcome.Refused => new PreflightFailedException(result),
        _ => new MigrationFailedException(result),
    };

    /// <summary>It was tried.</summary>
    public static MigrationResult Of(MigrationPlan plan, TransferRecord record, Reconciliation found, bool timedOut)
    {
        MigrationResult seen = Basis(plan) with
        {
            ComputerName = found.Verdict.Host,
            Outcome = found.Verdict.Outcome,
            Downtime = record.Downtime,
            DowntimePart = record.Downtime is null ? null : record.DowntimePart,
            DowntimeBasis = record.Downtime is null ? null : record.DowntimeBasis,
            Mode = record.WentOffline ? MigrationMode.LiveThenOffline : plan.Mode,
            HeartbeatGap = record.HeartbeatGap,
            Iteration = record.Iterations,
            StopReason = record.StopReason,
            BytesTransferred = record.BytesTransferred,
            Transcript = record.Transcript,
        };
        seen = record.Downtime is null ? seen : PredictedPause.Of(plan, record).In(seen);

        return found.Verdict.Outcome switch
        {
            _ when record.Lost is { } lost => Elsewhere(seen, found, lost),
            _ when !record.HasEnded => GoesOn(plan, seen, record, found),
            MigrationOutcome.Succeeded => seen with { Message = Succeeded(record, found) },
            MigrationOutcome.FailedSourceRunning when record.GaveUp => seen with
            {
                Outcome = MigrationOutcome.Aborted,
                ErrorId = NotConvergingId,
                Message = NotConverging(plan, record, found),
            },
            MigrationOutcome.FailedSourceRunning when record.Aborted => seen with
            {
                Outcome = MigrationOutcome.Aborted,
                Downtime = null,
                DowntimePart = null,
                DowntimeBasis = null,
                ErrorId = timedOut ? "MigrationTimeout" : "MigrationAborted",
                Message = $"Stopped {(timedOut ? "at the time limit" : "on request")}. {found}. {found.Verdict.Advice} {record.Advice}".Trim(),
            },
            _ => Failed(plan, seen, record, found),
        };
    }

    /// <summary>The tool may go on, so what the hosts show is no end: advice about a copy would be advice about a move under way.</summary>
    private static MigrationResult GoesOn(
        MigrationPlan plan, MigrationResult seen, TransferRecord record, Reconciliation found) => seen with
    {
        ComputerName = null,
        Outcome = MigrationOutcome.Undetermined,
        Downtime = null,
        DowntimePart = null,
        DowntimeBasis = null,
        ErrorId = "MigrationUndetermined",
        Message = $"{found}. The connection broke, and nobody can say whether the tool on {record.HostOfTool ?? plan.Source} ended: it may go on with the move. "
            + "Touch no copy of the guest; once both hosts answer, Repair-GuestMigration waits for its end and settles it.",
    };

    /// <summary>Somebody else works on it by now, so what the hosts show may change, and advice would come in their way.</summary>
    private static MigrationResult Elsewhere(MigrationResult seen, Reconciliation found, string lost) => seen with
    {
        ComputerName = null,
        Outcome = MigrationOutcome.Undetermined,
        Downtime = null,
        DowntimePart = null,
        DowntimeBasis = null,
        ErrorId = "LeaseLost",
        Message = $"{lost} {found}. Touch no copy of the guest; Repair-GuestMigration settles it once nobody works on it.",
    };

    private static string NotConverging(MigrationPlan plan, TransferRecord record, Reconciliation found)
    {
        string allowed = plan.PreCopy is { } requested ? FormattableString.Invariant($", and {requested.MaximumDowntime.TotalSeconds:0.###} s are allowed") : "";
        // Without such a round, the last pass was begun, and took longer than was predicted.
        string why = record.Iterations.LastOrDefault(round => round.Decision == ConvergenceDecision.Abort) is { } round
            ? FormattableString.Invariant($"{plan.Guest.Name} writes its memory faster than it can be sent: it would stand still for {round.PredictedDowntime.TotalSeconds:0.###} s{allowed}.")
            : $"{plan.Guest.Name} was paused, and the rest of its memory was not sent in time{allowed}; so it goes on at the source.";
        return string.Join(
            " ",
            new[]
            {
                why,
                record.StopReason is { Length: > 0 } reason ? $"The transfer said: {reason}." : null,
                $"It runs at {plan.Source} as before.",
                found.Verdict.Advice,
                "Allow a longer pause (-MaximumDowntime), let it finish offline (-OfflineFallback Always), or move it when it does less.",
            }.OfType<string>());
    }

    private static MigrationResult Failed(MigrationPlan plan, MigrationResult seen, TransferRecord record, Reconciliation found)
    {
        FailureCause? told = KnownFailures.In(record.Transcript, ofXend: plan.Guest.Toolstack == ToolstackKind.Xend);
        CheckResult? foreseen = Foreseen(plan, told?.ErrorId);
        string? cause = told?.ErrorId ?? foreseen?.ErrorId;
        string errorId = found.Verdict.Outcome switch
        {
            MigrationOutcome.Undetermined => "MigrationUndetermined",
            MigrationOutcome.FailedSourceSuspended => "MigrationFailedSourceSuspended",
            _ => cause ?? "MigrationFailedSourceRunning",
        };

        return seen with
        {
            // The guest never stood still for good reason, so there is no downtime to speak of.
            Downtime = null,
            DowntimePart = null,
            DowntimeBasis = null,
            ErrorId = errorId,
            Message = string.Join(
                " ",
                new[]
                    {
                        $"{found}.",
                        Why(record, told),
                        told is null && foreseen is not null ? $"A check that was left out would have failed: {foreseen.Message}" : null,
                        found.Verdict.Advice,
                        record.Advice,
                        foreseen?.Remediation ?? told?.Advice(plan.Guest.Name, plan.Source, plan.Destination, plan.MigrationAddress),
                    }
                    .Where(text => !string.IsNullOrWhiteSpace(text))),
        };
    }

    private static string Why(TransferRecord record, FailureCause? cause) => ToolWords.Reason(record.Transcript, cause) is { } line
        ? $"The tool said: {line.TrimEnd('.')}."
        : $"The tool ended with exit code {record.ExitCode} and said nothing.";

    /// <summary>
    /// The check that would have found this cause, had it been made; if the tool told of none, the first that would have
    /// found something that makes moves fail.
    /// </summary>
    private static CheckResult? Foreseen(MigrationPlan plan, string? told) =>
        CheckRunner.Examine(plan.Facts, Moving(plan), CheckSelection.Everything)
            .Concat(CheckRunner.Examine(plan.Facts, plan.Guest, Moving(plan), CheckSelection.Everything))
            .FirstOrDefault(result => told is null
                ? result.ErrorId is { } id && KnownFailures.IsKnown(id)
                : result.ErrorId == told);

    private static Moving Moving(MigrationPlan plan) => new(plan.Mode == MigrationMode.Live)
    {
        // What the move was told to put up with did not make it fail.
        Settings = plan.CheckSettings,
    };

    private static string? Succeeded(TransferRecord record, Reconciliation found) =>
        found.Verdict.Advice
        ?? record.Advice
        ?? (record.FinishedDespiteCancellation
            ? $"The request to stop came after the guest was suspended, so the move was finished: it runs at {found.Verdict.Host}."
            : null);

    private static string Sentence(CheckResult result) => $"[{result.Id}] {result.Message} {result.Remediation}".TrimEnd();

    private static MigrationResult Basis(MigrationPlan plan) => new()
    {
        Name = plan.Guest.Name,
        Uuid = plan.Guest.Uuid,
        Source = plan.Source,
        Destination = plan.Destination,
        Mode = plan.Mode,
        Check = plan.Report.CheckResult,
        SkippedCheck = [.. AllChecks.InOrder.Where(check => plan.Selection.Skips(check)).Select(check => check.Id)],
    };
}
