using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Hosts;
using XenMigrate.Migration;

namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// One run of <c>xm migrate</c>. xm only waits for xend, which goes on without it: what ends a move cleanly is the end
/// of the process that sends the memory, and only as long as the guest runs.
/// </summary>
internal sealed class XendMigration
{
    private static readonly TimeSpan s_abortLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(0.5);
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
#if NET
            await watching.CancelAsync().ConfigureAwait(false);
#else
            watching.Cancel();
#endif
            await watch.ConfigureAwait(false);
        }
    }

    private async Task<TransferRecord> MoveAsync(CancellationToken cancellationToken)
    {
        // xm must not be killed by the user's cancellation: see AbortAsync.
        using CancellationTokenSource lastResort = new();
        Task<CommandResult> run = Source.RunAsync(
            XmMigrate.Command(_request), Timeout.InfiniteTimeSpan, _transfer, lastResort.Token);
        bool aborted = false;
        bool tooLate = false;
        int? exitCode = null;

        try
        {
            if (await run.IsCancelledFirstAsync(cancellationToken).ConfigureAwait(false))
            {
                aborted = await AbortAsync(run).ConfigureAwait(false);
                tooLate = !aborted;
            }

            using CancellationTokenSource limit = Timing.Limit(aborted ? s_abortLimit : Timeout.InfiniteTimeSpan);
            using CancellationTokenRegistration ends = limit.Token.Register(lastResort.Cancel);
            exitCode = (await run.ConfigureAwait(false)).ExitCode;
            // Between our look and the signal the guest may have been suspended, and then the move went on to its end. But
            // xm of Xen 3.1.0 ends with 0 whatever happened: only the hosts can tell, so the record says both.
            tooLate |= aborted && exitCode == 0;
        }
        catch (HostDisconnectedException e)
        {
            _transfer.Note($"xenmigrate: {e.Message}");
            await WaitForXendAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lastResort.IsCancellationRequested)
        {
            _transfer.Note($"xenmigrate: xm did not end within {s_abortLimit.TotalSeconds} s of its transfer's end, and was ended.");
        }

        return _transfer.ToRecord() with
        {
            ExitCode = exitCode,
            Aborted = aborted,
            FinishedDespiteCancellation = tooLate,
        };
    }

    /// <summary>Ends the sending process, unless the guest stands still already; says whether it did.</summary>
    private async Task<bool> AbortAsync(Task run)
    {
        // Without --live it stands still from the beginning.
        while (_request.Live && !_transfer.IsSuspended && !run.IsCompleted)
        {
            _transfer.Report(MigrationStep.Aborting, "Stopping the transfer; the guest stays at the source");
            try
            {
                CommandResult result = await Source.RunAsync(XmMigrate.Abort(Id), CancellationToken.None).ConfigureAwait(false);
                if (result.Succeeded)
                {
                    return true;
                }
            }
            catch (XenMigrateException e)
            {
                _transfer.Note($"xenmigrate: the transfer could not be ended: {e.Message}");
            }

            // There is no such process before xend has reached the destination.
            await Timing.Delay(s_retry, CancellationToken.None).ConfigureAwait(false);
        }

        return false;
    }

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
            _transfer.Note($"xenmigrate: xend.log can't be read: {e.Message}");
        }
    }

    /// <summary>Waits until xend, which the broken connection did not end, is done with the guest.</summary>
    private async Task WaitForXendAsync()
    {
        _transfer.Report(
            MigrationStep.Reconciling, $"The connection to {Source.Endpoint.ComputerName} broke; waiting for xend to end the move there");
        TimeSpan until = Timing.Elapsed() + s_settle;
        while (Timing.Elapsed() < until)
        {
            try
            {
                CommandResult list = await Source.RunAsync(XmList.Command, CancellationToken.None).ConfigureAwait(false);
                if (list.Succeeded && !IsMoving(list.Output))
                {
                    return;
                }
            }
            catch (XenMigrateException e)
            {
                _transfer.Note($"xenmigrate: {e.Message}");
            }

            await Timing.Delay(s_look, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private bool IsMoving(string list) =>
        XmList.Parse(list).Any(row => row.Name == XmGuests.MigratingPrefix + _request.Guest.Name);

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
