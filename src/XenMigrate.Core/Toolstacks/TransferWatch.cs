namespace XenMigrate.Toolstacks;

/// <summary>
/// Reads the bytes that a transfer has written so far from a command that prints them, line after line; or what the
/// transfer tells of itself, where that is more.
/// </summary>
internal sealed class TransferWatch(TransferRequest request, Action<CopiedMemory> seen) : IProgress<OutputLine>
{
    private readonly long _memory = Math.Max(1, request.Guest.MemoryMB) * 1024 * 1024;
    private long? _bytes;
    private TimeSpan _at;

    /// <summary>Gets what the transfer tells.</summary>
    public Action<PreCopyReport>? Reported { get; init; }

    /// <summary>Watches until the token says so, and returns the bytes seen last; null if none were seen.</summary>
    public async Task<long?> RunAsync(RemoteCommand command, CancellationToken cancellationToken)
    {
        try
        {
            _ = await request.Source.RunAsync(command, Timeout.InfiniteTimeSpan, this, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The move ended first.
        }
        catch (XenMigrateException)
        {
            // Not seeing the progress is no reason to disturb the move.
        }

        return _bytes;
    }

    void IProgress<OutputLine>.Report(OutputLine value)
    {
        if (PreCopyReport.Parse(value.Text) is { } report)
        {
            Reported?.Invoke(report);
            return;
        }

        if (!long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
        {
            return;
        }

        TimeSpan now = request.Timing.Elapsed();
        double seconds = (now - _at).TotalSeconds;
        double? rate = _bytes is { } before && seconds > 0 ? Math.Max(0, bytes - before) / seconds : null;
        _bytes = bytes;
        _at = now;
        seen(new CopiedMemory(bytes, rate, _memory));
    }
}
