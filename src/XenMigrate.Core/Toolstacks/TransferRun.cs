namespace XenMigrate.Toolstacks;

/// <summary>What a request to stop came to.</summary>
internal enum TransferAbort
{
    /// <summary>The transfer goes on to its end.</summary>
    GoesOn,

    /// <summary>It was ended.</summary>
    Ended,

    /// <summary>There was nothing to end within the time for that: the tool is not to hang, and may end by itself.</summary>
    NothingToEnd,
}

/// <summary>
/// One run of the tool that moves a guest. No cancellation ends the tool itself, since nobody knows what that leaves:
/// its transfer is ended in the tool's own way, and the tool only if it does not end then.
/// </summary>
internal sealed class TransferRun(TransferRequest request, RemoteCommand command, Transcript transcript)
{
    // A broken transfer makes every tool give up within seconds; a hung one within the limits of what carries it.
    private static readonly TimeSpan s_abortLimit = TimeSpan.FromMinutes(2);

    /// <summary>The tool's name, for notes.</summary>
    public required string Tool { get; init; }

    /// <summary>Ends the transfer if that can still be done, and says what came of that; it gets the run.</summary>
    public required Func<Task, Task<TransferAbort>> AbortAsync { get; init; }

    /// <summary>
    /// Whether the guest stands still by now, though the transfer was asked to end before: it goes on then, and the tool is
    /// not ended, however long that takes.
    /// </summary>
    public Func<bool> IsSuspended { get; init; } = () => false;

    /// <summary>The tool's process on the host, where it told it.</summary>
    public Func<int?> Process { get; init; } = () => null;

    /// <summary>Waits for the tool's end on a host whose connection broke, and says whether it ended.</summary>
    public required Func<Task<bool>> WaitAsync { get; init; }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code, and what became of a request to stop; the rest is for the caller to fill in.</returns>
    public async Task<TransferRecord> RunAsync(IProgress<OutputLine> lines, CancellationToken cancellationToken)
    {
        using CancellationTokenSource lastResort = new();
        // The move is of the guest that was checked: its id may be another's by now.
        Task<CommandResult> run = request.Guarded(isUnderWay: false).Lasting().RunAsync(command, Timeout.InfiniteTimeSpan, lines, lastResort.Token);
        TransferAbort? abort = null;
        bool hasEnded = true;
        int? exitCode = null;

        try
        {
            if (await run.IsCancelledFirstAsync(cancellationToken).ConfigureAwait(false))
            {
                abort = await AbortAsync(run).ConfigureAwait(false);
            }

            bool isLimited = abort is TransferAbort.Ended or TransferAbort.NothingToEnd;
            using CancellationTokenSource limit = request.Timing.Limit(isLimited ? s_abortLimit : Timeout.InfiniteTimeSpan);
            if (isLimited && await run.IsCancelledFirstAsync(limit.Token).ConfigureAwait(false) && !run.IsCompleted
                && await EndAsync().ConfigureAwait(false))
            {
                lastResort.Cancel();
            }

            exitCode = (await run.ConfigureAwait(false)).ExitCode;
        }
        catch (HostDisconnectedException e)
        {
            transcript.Note($"xenmigrate: {e.Message}");
            hasEnded = await WaitAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lastResort.IsCancellationRequested)
        {
            transcript.Note($"xenmigrate: {Tool} did not end within {s_abortLimit.TotalSeconds} s of its transfer's end, and was ended.");
            abort = TransferAbort.Ended;
        }

        return new TransferRecord
        {
            ExitCode = exitCode,
            Aborted = abort == TransferAbort.Ended,
            // Between our look and the signal the guest may have been suspended, and then the move went on to its end. But
            // xm of Xen 3.1.0 ends with 0 whatever happened: only the hosts can tell, so the record says both.
            FinishedDespiteCancellation = abort == TransferAbort.GoesOn || (abort is not null && exitCode == 0),
            HasEnded = hasEnded,
        };
    }

    /// <summary>
    /// Ends the tool, if its guest runs: the tool knows, our helper knows, and the host is asked in the same execution. A
    /// guest that stands still would never be woken.
    /// </summary>
    private async Task<bool> EndAsync()
    {
        if (IsSuspended())
        {
            return false;
        }

        try
        {
            if (Process() is { } process)
            {
                _ = await request.Guarded(isUnderWay: true).RunAsync(RemoteProcess.End(process), CancellationToken.None).ConfigureAwait(false);
            }

            return true;
        }
        catch (XenMigrateException e)
        {
            transcript.Note($"xenmigrate: {Tool} is not ended: {e.Message}");
            return false;
        }
    }
}
