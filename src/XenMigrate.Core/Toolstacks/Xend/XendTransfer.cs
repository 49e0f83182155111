using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using XenMigrate.Hosts;
using XenMigrate.Migration;

namespace XenMigrate.Toolstacks.Xend;

/// <summary>What is seen of a transfer while it runs: reports on the command's output, or lines of xend.log.</summary>
internal sealed class XendTransfer(TransferRequest request, IProgress<MigrationProgress>? progress) : IProgress<OutputLine>
{
    // Group separators that no culture takes for a decimal point.
    private static readonly NumberFormatInfo s_numbers = new() { NumberGroupSeparator = " ", NumberDecimalSeparator = "." };

    private readonly object _lock = new();
    private readonly List<MigrationIteration> _iterations = [];
    private PreCopyReport.TransferEnded? _end;
    private bool _suspended;

    /// <summary>What xm and xend wrote.</summary>
    public Transcript Transcript { get; } = new();

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

    /// <summary>A line of xm.</summary>
    public void Report(OutputLine value)
    {
        PreCopyReport? report = value.IsError ? null : PreCopyReport.Parse(value.Text);
        if (report is null)
        {
            Transcript.Note(value.Text);
            return;
        }

        Report(report);
    }

    /// <summary>A line of xend.log, which tells of all guests: what can't be told apart counts as ours.</summary>
    public void ReportLog(string line)
    {
        bool suspends = XendLogLine.IsSuspending(line, request.Guest.Id!.Value);
        lock (_lock)
        {
            _suspended |= suspends;
            if (XendLogLine.Round(line, _iterations.Count) is { } iteration)
            {
                _iterations.Add(iteration);
            }
        }

        if (suspends)
        {
            Report(MigrationStep.Suspended, "Paused; sending the rest", 92);
        }
        else if (XendLogLine.Progress(line) is { } at)
        {
            Report(MigrationStep.CopyingMemory, $"Round {at.Round}: {at.Percent} %", Overall(at.Round - 1, at.Percent / 100.0));
        }

        if (XendLogLine.IsWorthKeeping(line))
        {
            Transcript.Note(line);
        }
    }

    public void Report(MigrationStep step, string status, int? percent = null, double? bytesPerSecond = null) =>
        progress?.Report(new MigrationProgress(request.Guest.Name, step, status, percent, Bytes(), bytesPerSecond));

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
                GaveUp = _end is { Moved: false } && _iterations.Any(round => round.Decision == ConvergenceDecision.Abort),
                StopReason = _end?.Reason,
                BytesTransferred = _end?.Bytes ?? (_iterations.Count > 0 ? _iterations.Sum(round => round.Bytes) : null),
                Transcript = Transcript.Lines,
            };
        }
    }

    private void Report(PreCopyReport report)
    {
        TimeSpan? predicted;
        lock (_lock)
        {
            predicted = _iterations.Count > 0 ? _iterations[_iterations.Count - 1].PredictedDowntime : null;
            _suspended |= report is PreCopyReport.GuestSuspended;
            _end = report as PreCopyReport.TransferEnded ?? _end;
            if (report is PreCopyReport.RoundEnded ended)
            {
                _iterations.Add(ended.Iteration);
            }
        }

        switch (report)
        {
            case PreCopyReport.RoundProgress round:
                Report(
                    IsSuspended ? MigrationStep.Suspended : MigrationStep.CopyingMemory,
                    Describe(round, predicted),
                    IsSuspended ? 92 : Overall(round.Round, round.PagesInRound > 0 ? (double)round.PagesDone / round.PagesInRound : 1),
                    round.BytesPerSecond);
                break;
            case PreCopyReport.GuestSuspended:
                Report(MigrationStep.Suspended, "Paused; sending the rest", 92);
                break;
            case PreCopyReport.TransferEnded end:
                Report(MigrationStep.Finishing, end.Moved ? "Runs at the destination; clearing up at the source" : "Taking the move back", 97);
                break;
        }
    }

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

    /// <summary>The first round is as long as the memory; how many follow is unknown, so the bar waits at 90.</summary>
    private static int Overall(int round, double share) =>
        round <= 0 ? (int)(80 * Math.Min(1, Math.Max(0, share))) : Math.Min(90, 80 + (2 * round));

    private long? Bytes()
    {
        lock (_lock)
        {
            return _iterations.Count > 0 ? _iterations.Sum(round => round.Bytes) : null;
        }
    }
}
