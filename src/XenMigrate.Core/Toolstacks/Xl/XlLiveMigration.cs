using System;
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
    // The watch ends with the transport, which is sooner than a command of its own could end it.
    private static readonly TimeSpan s_watchLimit = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly Transcript _transcript = new();
    private readonly TaskCompletionSource<int> _transport = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _process;
    private XlMark _reached;
    private TimeSpan? _suspendedAt;
    private TimeSpan? _startedAt;

    private IHostShell Source => request.Source;

    public async Task<TransferRecord> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource watching = new();
        TransferRun run = new(request, XlMigrate.Command(request.Guest.Id!.Value, request.MigrationAddress), _transcript)
        {
            Tool = "xl",
            AbortAsync = _ => AbortAsync(),
            WaitAsync = WaitForProcessAsync,
        };
        Task<long?> watch = XlTransportWatch.RunAsync(
            request, _transport.Task, () => _reached, progress, watching.Token);
        TransferRecord? record = null;
        long? bytes = null;

        try
        {
            record = await run.RunAsync(this, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (record?.ExitCode is not null && _transport.Task.IsCompleted)
            {
                _ = await Task.WhenAny(watch, request.Timing.Delay(s_watchLimit, watching.Token)).ConfigureAwait(false);
            }

            await watching.StopAsync().ConfigureAwait(false);
            bytes = await watch.ConfigureAwait(false);
        }

        lock (_lock)
        {
            return record with
            {
                Downtime = _startedAt - _suspendedAt,
                BytesTransferred = bytes,
                Transcript = _transcript.Lines,
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
            _process ??= RemoteProcess.Id(value.Text, RemoteProcess.Mark);
            if (RemoteProcess.Id(value.Text, XlMigrate.TransportMark) is { } transport)
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
    private async Task<bool> AbortAsync()
    {
        lock (_lock)
        {
            if (_reached >= XlMark.SuspendRequested)
            {
                return false;
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
                _transcript.Note($"xenmigrate: the transport could not be ended: {e.Message}");
            }
        }

        return true;
    }

    private Task WaitForProcessAsync()
    {
        Report(MigrationStep.Reconciling, $"The connection to {Source.Endpoint.ComputerName} broke; waiting for xl to end there");
        return _process is { } process
            ? RemoteProcess.WaitForEndAsync(Source, process, request.Timing, _transcript.Note)
            : Task.CompletedTask;
    }

    private void Report(MigrationStep step, string status) =>
        progress?.Report(new MigrationProgress(request.Guest.Name, step, status));
}
