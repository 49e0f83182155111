namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// One run of <c>xl migrate</c>. xl has no abort: what ends it cleanly is a word to our save helper or, without one, the
/// end of its transport; and only as long as the guest has not been asked to suspend.
/// </summary>
internal sealed class XlLiveMigration(TransferRequest request, IProgress<MigrationProgress>? progress)
    : IProgress<OutputLine>
{
    // The watch ends with the transport, which is sooner than a command of its own could end it.
    private static readonly TimeSpan s_watchLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_transportLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_transportInterval = TimeSpan.FromSeconds(0.5);

    private readonly object _lock = new();
    private readonly Transcript _transcript = new();
    private readonly TaskCompletionSource<int> _transport = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReportedTransfer _reported = new(request, progress) { EndsWithGuestRunning = false };
    private int? _process;
    private XlMark _reached;
    private readonly XlPause _pause = new();

    private IHostShell Source => request.Source;

    private int Id => request.Guest.Id!.Value;

    public async Task<TransferRecord> RunAsync(CancellationToken cancellationToken)
    {
        CancellationTokenSource watching = new();
        RemoteCommand command = XlMigrate.Command(Id, request.MigrationAddress, request.Helpers, request.PreCopy, request.Connection);
        TransferRun run = new(request, command, _transcript)
        {
            Tool = "xl",
            AbortAsync = AbortAsync,
            IsSuspended = IsSuspended,
            Process = () => _process,
            WaitAsync = WaitForProcessAsync,
        };
        // Our helper tells more than can be seen from outside.
        Task<long?> watch = request.Helpers is null
            ? XlTransportWatch.RunAsync(request, _transport.Task, () => _reached, progress, watching.Token)
            : Task.FromResult<long?>(null);
        TransferRecord record;

        try
        {
            record = await run.RunAsync(this, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _ = await EndWatchAsync(watch, watching, endsItself: false).ConfigureAwait(false);
            throw;
        }

        // What became of the guest need not wait for how much was sent.
        Task<long?> counting = EndWatchAsync(watch, watching, record.ExitCode is not null && _transport.Task.IsCompleted);
        if (record.ExitCode is not (null or 0) && request.Connection is { } connection)
        {
            await NoteAsync(connection).ConfigureAwait(false);
        }

        lock (_lock)
        {
            TransferRecord told = _reported.ToRecord();
            return told with
            {
                ExitCode = record.ExitCode,
                Aborted = record.Aborted,
                FinishedDespiteCancellation = record.FinishedDespiteCancellation,
                HasEnded = record.HasEnded,
                // Who was told to stop did not give up.
                GaveUp = told.GaveUp && !record.Aborted,
                Downtime = _pause.Total,
                DowntimePart = _pause.Parts(told.Iterations),
                DowntimeBasis = DowntimeBasis.LogMarkers,
                BytesTransferred = told.BytesTransferred,
                Counting = counting,
                Transcript = _transcript.Lines,
            };
        }
    }

    private async Task<long?> EndWatchAsync(Task<long?> watch, CancellationTokenSource watching, bool endsItself)
    {
        using (watching)
        {
            if (endsItself)
            {
                _ = await Task.WhenAny(watch, request.Timing.Delay(s_watchLimit, watching.Token)).ConfigureAwait(false);
            }

            await watching.StopAsync().ConfigureAwait(false);
            return await watch.ConfigureAwait(false);
        }
    }

    /// <summary>Keeps what ssh says of how its connection broke: where that was there before the transfer, ssh says it elsewhere.</summary>
    private async Task NoteAsync(SharedConnection connection)
    {
        try
        {
            string said = (await Source.RunAsync(connection.Said, CancellationToken.None).ConfigureAwait(false)).Output;
            foreach (string line in said.Split('\n').Where(SshLines.IsOwn))
            {
                _transcript.Note(line);
            }
        }
        catch (XenMigrateException)
        {
            // Only the reason is not known then.
        }
    }

    /// <summary>A line of xl, of its receiver, or of the transport.</summary>
    void IProgress<OutputLine>.Report(OutputLine value)
    {
        TimeSpan now = request.Timing.Elapsed();
        // Several processes write to one stream, so a report may begin in the middle of somebody's line.
        int report = request.Helpers is null ? -1 : value.Text.IndexOf(PreCopyReport.Beginning, StringComparison.Ordinal);
        string line = report < 0 ? value.Text : value.Text.Substring(0, report);
        XlMark mark = XlMigrateLine.Mark(line);

        lock (_lock)
        {
            _process ??= RemoteProcess.Id(line, RemoteProcess.Mark);
            if (RemoteProcess.Id(line, XlMigrate.TransportMark) is { } transport)
            {
                _ = _transport.TrySetResult(transport);
            }

            if (XlMigrateLine.IsWorthKeeping(line))
            {
                _transcript.Add(line);
            }

            _reached = mark > _reached ? mark : _reached;
            _pause.Take(mark, now);
        }

        if (report >= 0 && PreCopyReport.Parse(value.Text.Substring(report)) is { } told)
        {
            lock (_lock)
            {
                _pause.Take(told, now);
            }

            _reported.Take(told);
        }

        if (mark == XlMark.TargetStarted && request.Helpers is not null)
        {
            _reported.Report(MigrationStep.Finishing, "Runs at the destination; clearing up at the source", 97);
        }
    }

    /// <summary>Ends the transfer, unless the guest was asked to suspend already.</summary>
    private async Task<TransferAbort> AbortAsync(Task run)
    {
        if (IsSuspended())
        {
            return TransferAbort.GoesOn;
        }

        Report(MigrationStep.Aborting, "Stopping the transfer; the guest stays at the source");
        if (request.Helpers is { } helpers
            && await TryAsync(helpers.TellToAbort(Id), "the save helper could not be told to stop").ConfigureAwait(false))
        {
            return TransferAbort.Ended;
        }

        // Where many moves begin at once, a transport may take long to begin, and whoever gave up waiting would not end it.
        using CancellationTokenSource limit = request.Timing.Limit(s_transportLimit);
        _ = await Task.WhenAny(_transport.Task, run).IsCancelledFirstAsync(limit.Token).ConfigureAwait(false);
        return !_transport.Task.IsCompleted
            ? IsSuspended() ? TransferAbort.GoesOn : TransferAbort.NothingToEnd
            : await EndTransportAsync(await _transport.Task.ConfigureAwait(false), run, limit.Token).ConfigureAwait(false);
    }

    /// <summary>Ends the process that carries the memory, unless the guest was asked to suspend meanwhile.</summary>
    private async Task<TransferAbort> EndTransportAsync(int transport, Task run, CancellationToken limit)
    {
        try
        {
            // While we waited, the guest may have been asked to suspend; and the host looks once more when it is there.
            while (!IsSuspended())
            {
                CommandResult end = await request.Guarded(isUnderWay: true)
                    .RunAsync(XlTransport.End(transport), CancellationToken.None).ConfigureAwait(false);
                if (end.Succeeded || run.IsCompleted || limit.IsCancellationRequested)
                {
                    return end.Succeeded ? TransferAbort.Ended : TransferAbort.NothingToEnd;
                }

                // It told its number before it became ssh, and on a slow host it may not be so yet.
                await request.Timing.Delay(s_transportInterval, CancellationToken.None).ConfigureAwait(false);
            }

            return TransferAbort.GoesOn;
        }
        catch (ActNotDoneException e)
        {
            _transcript.Note($"xenmigrate: the transport was not ended: {e.Message}");
            return TransferAbort.GoesOn;
        }
        catch (XenMigrateException e)
        {
            // It may have been ended all the same.
            _transcript.Note($"xenmigrate: the transport could not be ended: {e.Message}");
            return TransferAbort.Ended;
        }
    }

    /// <summary>Whether the guest was asked to stand still, by what xl or our helper told.</summary>
    private bool IsSuspended()
    {
        lock (_lock)
        {
            return _reached >= XlMark.SuspendRequested || _reported.IsSuspended;
        }
    }

    /// <summary>Runs a command on the source and says whether it succeeded; that it could not be run is noted.</summary>
    private async Task<bool> TryAsync(RemoteCommand command, string failure)
    {
        try
        {
            return (await Source.RunAsync(command, CancellationToken.None).ConfigureAwait(false)).Succeeded;
        }
        catch (XenMigrateException e)
        {
            _transcript.Note($"xenmigrate: {failure}: {e.Message}");
            return false;
        }
    }

    private async Task<bool> WaitForProcessAsync()
    {
        Report(MigrationStep.Reconciling, $"The connection to {Source.Endpoint.ComputerName} broke; waiting for xl to end there");
        return await RemoteProcess.WaitForEndAsync(Source, request.Lease, _process, request.Timing, _transcript.Note).ConfigureAwait(false) is not null;
    }

    private void Report(MigrationStep step, string status) =>
        progress?.Report(new MigrationProgress(request.Guest.Name, step, status));
}
