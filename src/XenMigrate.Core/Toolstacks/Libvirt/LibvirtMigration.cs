namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>
/// One run of <c>virsh migrate</c>. libvirt's Xen driver knows no abort and tells nothing of its progress; what can be
/// watched is the process that writes the guest's memory, which tells of its rounds, obeys and can be told to stop if it is
/// our save helper.
/// </summary>
internal sealed class LibvirtMigration(TransferRequest request, IProgress<MigrationProgress>? progress) : IProgress<OutputLine>
{
    // virsh may end before what the save helper told last was read; that ends by itself, if there was a helper.
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(10);

    // Said of a guest that was not sent whole: virsh then has the destination take its part of it away.
    private const string NotSent = "Failed to send migration data";

    private readonly Transcript _transcript = new();
    private readonly ReportedTransfer _reported = new(request, progress) { EndsWithGuestRunning = false };
    private int? _process;

    private IHostShell Source => request.Source;

    private int Id => request.Guest.Id!.Value;

    public async Task<TransferRecord> RunAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new TransferRecord { Aborted = true };
        }

        TimeSpan began = request.Timing.Elapsed();
        using CancellationTokenSource watching = new();
        TransferWatch bytesSeen = new(request, copied => Report(
            request.Live ? MigrationStep.CopyingMemory : MigrationStep.Suspended, copied.ToString(), copied))
        {
            Reported = _reported.Take,
        };
        Task<long?> watch = bytesSeen.RunAsync(LibvirtMigrate.Watch(Id), watching.Token);
        TransferRun run = new(request, LibvirtMigrate.Command(request), _transcript)
        {
            Tool = "virsh",
            AbortAsync = AbortAsync,
            IsSuspended = () => _reported.IsSuspended,
            WaitAsync = WaitForProcessAsync,
        };
        TransferRecord record;
        long? bytes = null;

        try
        {
            record = await run.RunAsync(this, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (request.Helpers is not null)
            {
                using CancellationTokenSource lastWords = request.Timing.Limit(s_lastWords);
                _ = await watch.IsCancelledFirstAsync(lastWords.Token).ConfigureAwait(false);
            }

            await watching.StopAsync().ConfigureAwait(false);
            bytes = await watch.ConfigureAwait(false);
        }

        bool isHeld = record.ExitCode is not 0 && await IsLockHeldAsync().ConfigureAwait(false);
        return Complete(record, isHeld, bytes, request.Timing.Elapsed() - began);
    }

    private TransferRecord Complete(TransferRecord record, bool isHeld, long? bytes, TimeSpan duration)
    {
        TransferRecord told = _reported.ToRecord();
        return record with
        {
            Iterations = told.Iterations,
            WentOffline = told.WentOffline,
            // Who was told to stop did not give up.
            GaveUp = told.GaveUp && !record.Aborted,
            StopReason = told.StopReason,
            // Without --live the guest stands still from the first byte on, and virsh ends once it runs again.
            Downtime = request.Live || record.ExitCode != 0 ? null : duration,
            DowntimeBasis = DowntimeBasis.Commands,
            WasKept = record.ExitCode is not (null or 0) && _transcript.Lines.Any(line => line.Contains(NotSent, StringComparison.Ordinal)),
            BytesTransferred = bytes ?? told.BytesTransferred,
            Advice = isHeld ? LibvirtJob.Advice(request.Guest, Source.Endpoint.ComputerName)
                : record.FinishedDespiteCancellation && request.Helpers is null ? "libvirt's Xen driver can't stop a move that has begun, so it was let go on to its end."
                : null,
            Transcript = _transcript.Lines,
        };
    }

    /// <summary>A line of virsh, or of the ssh that it started.</summary>
    void IProgress<OutputLine>.Report(OutputLine value)
    {
        if (RemoteProcess.Id(value.Text, RemoteProcess.Mark) is { } process)
        {
            _process = process;
            return;
        }

        _transcript.Note(value.Text);
    }

    /// <summary>
    /// Only our save helper ends a move of libvirt's cleanly: when Xen's is ended, libvirtd itself ends, and the guest stays
    /// suspended.
    /// </summary>
    private Task<TransferAbort> AbortAsync(Task run)
    {
        if (request.Helpers is { } helpers)
        {
            return _reported.EndAsync(helpers.TellToAbort(Id), run, _transcript);
        }

        Report(MigrationStep.CopyingMemory, "libvirt can't stop a move that has begun: it goes on to its end");
        return Task.FromResult(TransferAbort.GoesOn);
    }

    private async Task<bool> WaitForProcessAsync()
    {
        Report(MigrationStep.Reconciling, $"The connection to {Source.Endpoint.ComputerName} broke; waiting for virsh to end there");
        return await RemoteProcess.WaitForEndAsync(Source, request.Lease, _process, request.Timing, _transcript.Note).ConfigureAwait(false) is not null;
    }

    /// <summary>After some failures libvirt goes on believing that the guest is under way, and refuses every later move of it.</summary>
    private async Task<bool> IsLockHeldAsync()
    {
        try
        {
            return LibvirtJob.IsHeld(
                await Source.RunAsync(Virsh.JobInformation(Id), CancellationToken.None).ConfigureAwait(false));
        }
        catch (XenMigrateException e)
        {
            _transcript.Note($"xenmigrate: {e.Message}");
            return false;
        }
    }

    private void Report(MigrationStep step, string status, CopiedMemory? copied = null) => progress?.Report(
        new MigrationProgress(request.Guest.Name, step, status, copied?.Percent, copied?.Bytes, copied?.BytesPerSecond));
}
