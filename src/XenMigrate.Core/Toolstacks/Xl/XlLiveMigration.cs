using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Hosts;
using XenMigrate.Migration;

namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// One run of <c>xl migrate</c>. xl has no abort: what ends it cleanly is the end of its transport, and only as long
/// as the guest has not been asked to suspend.
/// </summary>
internal sealed class XlLiveMigration(TransferRequest request, IProgress<MigrationProgress>? progress)
    : IProgress<OutputLine>
{
    // A broken transport makes xl give up within seconds; a hung one within ssh's ServerAlive limits.
    private static readonly TimeSpan s_abortLimit = TimeSpan.FromMinutes(2);

    // The watch ends with the transport, which is sooner than a command of its own could end it.
    private static readonly TimeSpan s_watchLimit = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly List<string> _transcript = [];
    private readonly TaskCompletionSource<int> _transport = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _process;
    private XlMark _reached;
    private TimeSpan? _suspendedAt;
    private TimeSpan? _startedAt;

    private IHostShell Source => request.Source;

    public async Task<TransferRecord> RunAsync(CancellationToken cancellationToken)
    {
        // xl must not be killed by the user's cancellation: see AbortAsync.
        using CancellationTokenSource lastResort = new();
        using CancellationTokenSource watching = new();
        RemoteCommand command = XlMigrate.Command(request.Guest.Id!.Value, request.MigrationAddress);

        Task<CommandResult> run = Source.RunAsync(command, Timeout.InfiniteTimeSpan, this, lastResort.Token);
        Task<long?> watch = XlTransportWatch.RunAsync(
            request, _transport.Task, () => _reached, progress, watching.Token);
        bool aborted = false;
        bool tooLate = false;
        int? exitCode = null;
        long? bytes = null;

        try
        {
            if (await run.IsCancelledFirstAsync(cancellationToken).ConfigureAwait(false))
            {
                (aborted, tooLate) = await AbortAsync().ConfigureAwait(false);
            }

            using CancellationTokenSource limit = request.Timing.Limit(aborted ? s_abortLimit : Timeout.InfiniteTimeSpan);
            using CancellationTokenRegistration ends = limit.Token.Register(lastResort.Cancel);
            exitCode = (await run.ConfigureAwait(false)).ExitCode;
        }
        catch (HostDisconnectedException e)
        {
            Note($"xenmigrate: {e.Message}");
            await WaitForProcessAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lastResort.IsCancellationRequested)
        {
            Note($"xenmigrate: xl did not end within {s_abortLimit.TotalSeconds} s of its transport's end, and was ended.");
        }
        finally
        {
            if (exitCode is not null && _transport.Task.IsCompleted)
            {
                _ = await Task.WhenAny(watch, request.Timing.Delay(s_watchLimit, watching.Token)).ConfigureAwait(false);
            }

#if NET
            await watching.CancelAsync().ConfigureAwait(false);
#else
            watching.Cancel();
#endif
            bytes = await watch.ConfigureAwait(false);
        }

        lock (_lock)
        {
            return new TransferRecord
            {
                ExitCode = exitCode,
                Aborted = aborted,
                FinishedDespiteCancellation = tooLate,
                Downtime = _startedAt - _suspendedAt,
                BytesTransferred = bytes,
                Transcript = [.. _transcript],
            };
        }
    }

    /// <summary>A line of xl, of its receiver, or of the transport.</summary>
    void IProgress<OutputLine>.Report(OutputLine value)
    {
        TimeSpan now = request.Timing.Elapsed();
        XlMark mark = XlMigrateLine.Mark(value.Text);

        lock (_lock)
        {
            _process ??= XlProcess.Id(value.Text, XlProcess.Mark);
            if (XlProcess.Id(value.Text, XlMigrate.TransportMark) is { } transport)
            {
                _ = _transport.TrySetResult(transport);
            }

            if (XlMigrateLine.IsWorthKeeping(value.Text))
            {
                _transcript.Add(value.Text);
            }

            _reached = mark > _reached ? mark : _reached;
            _suspendedAt = mark == XlMark.Suspended ? _suspendedAt ?? now : _suspendedAt;
            _startedAt = mark == XlMark.TargetStarted ? _startedAt ?? now : _startedAt;
        }
    }

    /// <summary>Ends the transport, unless the guest was asked to suspend already.</summary>
    private async Task<(bool Aborted, bool TooLate)> AbortAsync()
    {
        lock (_lock)
        {
            if (_reached >= XlMark.SuspendRequested)
            {
                return (false, true);
            }
        }

        Report(MigrationStep.Aborting, "Stopping the transfer; the guest stays at the source");
        Task ready = await Task.WhenAny(
            _transport.Task, request.Timing.Delay(TimeSpan.FromSeconds(15), CancellationToken.None)).ConfigureAwait(false);
        if (ready == _transport.Task)
        {
            int transport = await _transport.Task.ConfigureAwait(false);
            try
            {
                _ = await Source.RunAsync(XlTransport.End(transport), CancellationToken.None).ConfigureAwait(false);
            }
            catch (XenMigrateException e)
            {
                Note($"xenmigrate: the transport could not be ended: {e.Message}");
            }
        }

        return (true, false);
    }

    private Task WaitForProcessAsync()
    {
        Report(MigrationStep.Reconciling, $"The connection to {Source.Endpoint.ComputerName} broke; waiting for xl to end there");
        return _process is { } process
            ? XlProcess.WaitForEndAsync(Source, process, request.Timing, Note)
            : Task.CompletedTask;
    }

    private void Note(string line)
    {
        lock (_lock)
        {
            if (_transcript.Count == 0 || _transcript[_transcript.Count - 1] != line)
            {
                _transcript.Add(line);
            }
        }
    }

    private void Report(MigrationStep step, string status) =>
        progress?.Report(new MigrationProgress(request.Guest.Name, step, status));
}
