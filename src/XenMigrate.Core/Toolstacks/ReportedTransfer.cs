namespace XenMigrate.Toolstacks;

/// <summary>What is seen of a transfer whose rounds are told, while it runs.</summary>
internal sealed class ReportedTransfer(TransferRequest request, IProgress<MigrationProgress>? progress)
{
    // Group separators that no culture takes for a decimal point.
    private static readonly NumberFormatInfo s_numbers = new() { NumberGroupSeparator = " ", NumberDecimalSeparator = "." };

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(0.5);

    private readonly object _lock = new();
    private readonly List<MigrationIteration> _iterations = [];
    private PreCopyReport.TransferEnded? _end;
    private bool _suspended;

    /// <summary>Whether its end means that the guest runs at the destination; else it has still to be started there.</summary>
    public bool EndsWithGuestRunning { get; init; } = true;

    /// <summary>Whether the guest stands still already, so that the move must not be stopped.</summary>
    public bool IsSuspended
    {
        get
        {
            lock (_lock)
            {
                return _suspended;
            }
        }
    }

    /// <summary>Shows how far it is.</summary>
    public void Report(MigrationStep step, string status, int? percent = null, double? bytesPerSecond = null) =>
        progress?.Report(new MigrationProgress(request.Guest.Name, step, status, percent, Bytes(), bytesPerSecond));

    /// <summary>Takes the guest's suspension, and shows it.</summary>
    public void Suspends()
    {
        lock (_lock)
        {
            _suspended = true;
        }

        Report(MigrationStep.Suspended, "Paused; sending the rest", 92);
    }

    /// <summary>
    /// Ends it by a command of its own, tried until there is something to end, unless the guest stands still already; says
    /// what came of that.
    /// </summary>
    public async Task<TransferAbort> EndAsync(RemoteCommand end, Task run, Transcript transcript)
    {
        while (!IsSuspended && !run.IsCompleted)
        {
            Report(MigrationStep.Aborting, "Stopping the transfer; the guest stays at the source");
            try
            {
                if ((await request.Source.RunAsync(end, CancellationToken.None).ConfigureAwait(false)).Succeeded)
                {
                    return TransferAbort.Ended;
                }
            }
            catch (XenMigrateException e)
            {
                transcript.Note($"xenmigrate: the transfer could not be ended: {e.Message}");
            }

            // There is no such process before the source has reached the destination.
            await request.Timing.Delay(s_retry, CancellationToken.None).ConfigureAwait(false);
        }

        return TransferAbort.GoesOn;
    }

    /// <summary>Takes a round that ended: the one that this makes of how many there were before, or none.</summary>
    public void Ends(Func<int, MigrationIteration?> round)
    {
        lock (_lock)
        {
            if (round(_iterations.Count) is { } iteration)
            {
                _iterations.Add(iteration);
            }
        }
    }

    /// <summary>Takes a report, and shows what it tells.</summary>
    public void Take(PreCopyReport report)
    {
        switch (report)
        {
            case PreCopyReport.RoundProgress round:
                Report(
                    IsSuspended ? MigrationStep.Suspended : MigrationStep.CopyingMemory,
                    Describe(round, Predicted()),
                    IsSuspended ? 92 : Overall(round.Round, round.PagesInRound > 0 ? (double)round.PagesDone / round.PagesInRound : 1),
                    round.BytesPerSecond);
                break;
            case PreCopyReport.RoundEnded ended:
                Ends(_ => ended.Iteration);
                break;
            case PreCopyReport.GuestSuspended:
                Suspends();
                break;
            case PreCopyReport.TransferEnded end:
                lock (_lock)
                {
                    _end = end;
                }

                (MigrationStep step, string status) = !end.Moved ? (MigrationStep.Finishing, "Taking the move back")
                    : EndsWithGuestRunning ? (MigrationStep.Finishing, "Runs at the destination; clearing up at the source")
                    : (MigrationStep.Starting, "Starting at the destination");
                Report(step, status, EndsWithGuestRunning ? 97 : 95);
                break;
        }
    }

    /// <summary>What was seen, as a record.</summary>
    public TransferRecord ToRecord()
    {
        lock (_lock)
        {
            return new TransferRecord
            {
                Downtime = _end?.Moved == true ? _end.Pause : null,
                DowntimeBasis = DowntimeBasis.Transfer,
                HeartbeatGap = _end?.HeartbeatGap,
                Iterations = [.. _iterations],
                WentOffline = _end is { Moved: true, Offline: true },
                GaveUp = _end is { Moved: false } && (_end.Reason == PreCopyReport.PauseTooLong
                    || _iterations.Any(round => round.Decision == ConvergenceDecision.Abort)),
                StopReason = _end?.Reason,
                BytesTransferred = _end?.Bytes ?? (_iterations.Count > 0 ? _iterations.Sum(round => round.Bytes) : null),
            };
        }
    }

    /// <summary>The first round is as long as the memory; how many follow is unknown, so the bar waits at 90.</summary>
    public static int Overall(int round, double share) =>
        round <= 0 ? (int)(80 * Math.Min(1, Math.Max(0, share))) : Math.Min(90, 80 + (2 * round));

    private static string Describe(PreCopyReport.RoundProgress round, TimeSpan? predicted)
    {
        double share = round.PagesInRound > 0 ? Math.Min(1, (double)round.PagesDone / round.PagesInRound) : 1;
        string text = string.Format(
            s_numbers,
            "Round {0}: {1:0} % of {2:N0} pages, {3:N0} MB/s",
            round.Round,
            Math.Floor(share * 100),
            round.PagesInRound,
            round.BytesPerSecond / 1e6);
        return predicted is { } pause
            ? text + string.Format(s_numbers, ", predicted pause {0:0.0##} s", pause.TotalSeconds)
            : text;
    }

    private TimeSpan? Predicted()
    {
        lock (_lock)
        {
            return _iterations.Count > 0 ? _iterations[_iterations.Count - 1].PredictedDowntime : null;
        }
    }

    private long? Bytes()
    {
        lock (_lock)
        {
            return _iterations.Count > 0 ? _iterations.Sum(round => round.Bytes) : null;
        }
    }
}
