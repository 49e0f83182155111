namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// One run of <c>xm migrate</c>. xm only waits for xend, which goes on without it: what ends a move cleanly is the end
/// of the process that sends the memory, and only as long as the guest runs.
/// </summary>
internal sealed class XendMigration
{
    private static readonly TimeSpan s_settle = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    private readonly TransferRequest _request;
    private readonly XendTransfer _transfer;

    public XendMigration(TransferRequest request, IProgress<MigrationProgress>? progress)
    {
        _request = request;
        _transfer = new XendTransfer(request, progress);
    }

    private IHostShell Source => _request.Source;

    private Timing Timing => _request.Timing;

    private int Id => _request.Guest.Id!.Value;

    public async Task<TransferRecord> RunAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new TransferRecord { Aborted = true };
        }

        TimeSpan began = Timing.Elapsed();
        using CancellationTokenSource watching = new();
        Task watch = _request is { Live: true, PreCopy: null } ? WatchLogAsync(watching.Token) : Task.CompletedTask;

        try
        {
            TransferRecord record = await MoveAsync(cancellationToken).ConfigureAwait(false);
            // Without --live the guest stands still from the first byte on, and xm ends once it runs again.
            return _request.Live || record.ExitCode != 0
                ? record
                : record with { Downtime = Timing.Elapsed() - began, DowntimeBasis = DowntimeBasis.Commands };
        }
        finally
        {
            await watching.StopAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
        }
    }

    private async Task<TransferRecord> MoveAsync(CancellationToken cancellationToken)
    {
        TransferRun run = new(_request, XmMigrate.Command(_request), _transfer.Transcript)
        {
            Tool = "xm",
            AbortAsync = AbortAsync,
            WaitAsync = WaitForXendAsync,
        };
        TransferRecord end = await run.RunAsync(_transfer, cancellationToken).ConfigureAwait(false);
        return _transfer.ToRecord() with
        {
            ExitCode = end.ExitCode,
            Aborted = end.Aborted,
            FinishedDespiteCancellation = end.FinishedDespiteCancellation,
            HasEnded = end.HasEnded,
        };
    }

    // Without --live it stands still from the beginning.
    private Task<TransferAbort> AbortAsync(Task run) =>
        _request.Live ? _transfer.EndAsync(XmMigrate.Abort(Id), run) : Task.FromResult(TransferAbort.GoesOn);

    /// <summary>Reads xend.log, where progress is all that can be seen; not seeing it is no reason to disturb the move.</summary>
    private async Task WatchLogAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await Source.RunAsync(
                XendLogLine.Watch, Timeout.InfiniteTimeSpan, new LogLines(_transfer), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The move ended first.
        }
        catch (XenMigrateException e)
        {
            _transfer.Transcript.Note($"xenmigrate: xend.log can't be read: {e.Message}");
        }
    }

    /// <summary>Waits until xend, which the broken connection did not end, is done with the guest.</summary>
    private async Task<bool> WaitForXendAsync()
    {
        _transfer.Report(
            MigrationStep.Reconciling, $"The connection to {Source.Endpoint.ComputerName} broke; waiting for xend to end the move there");
        TimeSpan until = Timing.Elapsed() + s_settle;
        bool wasCalm = false;
        while (Timing.Elapsed() < until)
        {
            try
            {
                CommandResult list = await Source.RunAsync(XmList.Command, CancellationToken.None).ConfigureAwait(false);
                bool isCalm = list.Succeeded && !IsMoving(list.Output);
                // What xend has not begun when the connection breaks, it may begin a moment later.
                if (isCalm && wasCalm)
                {
                    return true;
                }

                wasCalm = isCalm;
            }
            catch (HostNotConnectedException e)
            {
                // The session was ended on purpose, and nothing can be asked by it any more.
                _transfer.Transcript.Note($"xenmigrate: {e.Message}");
                return false;
            }
            catch (XenMigrateException e)
            {
                _transfer.Transcript.Note($"xenmigrate: {e.Message}");
            }

            await Timing.Delay(s_look, CancellationToken.None).ConfigureAwait(false);
        }

        return false;
    }

    private bool IsMoving(string list) =>
        XmList.Parse(list).Any(row => row.Name == CopyNames.MigratingPrefix + _request.Guest.Name);

    private sealed class LogLines(XendTransfer transfer) : IProgress<OutputLine>
    {
        public void Report(OutputLine value)
        {
            // tail says on standard error that a file was turned over.
            if (!value.IsError)
            {
                transfer.ReportLog(value.Text);
            }
        }
    }
}
