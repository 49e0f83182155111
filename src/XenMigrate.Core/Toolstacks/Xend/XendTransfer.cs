namespace XenMigrate.Toolstacks.Xend;

/// <summary>What is seen of a transfer while it runs: reports on the command's output, or lines of xend.log.</summary>
internal sealed class XendTransfer(TransferRequest request, IProgress<MigrationProgress>? progress) : IProgress<OutputLine>
{
    private readonly ReportedTransfer _reported = new(request, progress);

    /// <summary>What xm and xend wrote.</summary>
    public Transcript Transcript { get; } = new();

    /// <inheritdoc cref="ReportedTransfer.EndAsync"/>
    public Task<TransferAbort> EndAsync(RemoteCommand end, Task run) => _reported.EndAsync(end, run, Transcript);

    /// <summary>A line of xm.</summary>
    public void Report(OutputLine value)
    {
        PreCopyReport? report = value.IsError ? null : PreCopyReport.Parse(value.Text);
        if (report is null)
        {
            Transcript.Note(value.Text);
            return;
        }

        _reported.Take(report);
    }

    /// <summary>A line of xend.log, which tells of all guests: what can't be told apart counts as ours.</summary>
    public void ReportLog(string line)
    {
        _reported.Ends(number => XendLogLine.Round(line, number));
        if (XendLogLine.IsSuspending(line, request.Guest.Id!.Value))
        {
            _reported.Suspends();
        }
        else if (XendLogLine.Progress(line) is { } at)
        {
            Report(
                MigrationStep.CopyingMemory,
                $"Round {at.Round}: {at.Percent} %",
                ReportedTransfer.Overall(at.Round - 1, at.Percent / 100.0));
        }

        if (XendLogLine.IsWorthKeeping(line))
        {
            Transcript.Note(line);
        }
    }

    public void Report(MigrationStep step, string status, int? percent = null) => _reported.Report(step, status, percent);

    /// <summary>What was seen, as a record.</summary>
    public TransferRecord ToRecord() => _reported.ToRecord() with { Transcript = Transcript.Lines };
}
