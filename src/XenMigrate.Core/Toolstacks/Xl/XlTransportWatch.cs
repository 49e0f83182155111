using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Hosts;
using XenMigrate.Migration;

namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// xl hides its progress during a migration. What can be seen is how much its transport has written, against the
/// guest's memory, and how far the two ends say they are.
/// </summary>
internal sealed class XlTransportWatch(
    TransferRequest request, Func<XlMark> reached, IProgress<MigrationProgress>? progress) : IProgress<OutputLine>
{
    private const long Mebibyte = 1024 * 1024;

    private readonly long _memory = Math.Max(1, request.Guest.MemoryMB) * Mebibyte;
    private long? _bytes;
    private TimeSpan _at;

    /// <summary>Watches until the token says so, and returns the bytes seen last; null if none were seen.</summary>
    public static async Task<long?> RunAsync(
        TransferRequest request,
        Task<int> transport,
        Func<XlMark> reached,
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken)
    {
        XlTransportWatch watch = new(request, reached, progress);
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => ended.TrySetResult(true));

        if (await Task.WhenAny(transport, ended.Task).ConfigureAwait(false) != transport)
        {
            return null;
        }

        try
        {
            int process = await transport.ConfigureAwait(false);
            _ = await request.Source.RunAsync(
                XlTransport.Watch(process), Timeout.InfiniteTimeSpan, watch, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The move ended first.
        }
        catch (XenMigrateException)
        {
            // Not seeing the progress is no reason to disturb the move.
        }

        return watch._bytes;
    }

    void IProgress<OutputLine>.Report(OutputLine value)
    {
        if (!long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
        {
            return;
        }

        TimeSpan now = request.Timing.Elapsed();
        double seconds = (now - _at).TotalSeconds;
        double? rate = _bytes is { } before && seconds > 0 ? Math.Max(0, bytes - before) / seconds : null;
        _bytes = bytes;
        _at = now;
        progress?.Report(Describe(bytes, rate));
    }

    private MigrationProgress Describe(long bytes, double? rate)
    {
        XlMark mark = reached();
        (MigrationStep step, string status) = mark switch
        {
            < XlMark.SuspendRequested => (MigrationStep.CopyingMemory, Copied(bytes, rate)),
            < XlMark.TransferComplete => (MigrationStep.Suspended, "Suspended; sending the rest"),
            < XlMark.TargetStarted => (MigrationStep.Starting, "Starting at the destination"),
            _ => (MigrationStep.Finishing, "Runs at the destination; clearing up at the source"),
        };

        return new MigrationProgress(request.Guest.Name, step, status, Percent(bytes, mark), bytes, rate);
    }

    private string Copied(long bytes, double? rate)
    {
        string copied = string.Format(
            CultureInfo.CurrentCulture, "Copying memory: {0} MiB written, the guest has {1}", bytes / Mebibyte, _memory / Mebibyte);
        return rate is { } perSecond
            ? copied + string.Format(CultureInfo.CurrentCulture, ", {0:0.0} MiB/s", perSecond / Mebibyte)
            : copied;
    }

    /// <summary>The first pass is as long as the memory; what follows it is unknown, so the bar waits at 90.</summary>
    private int Percent(long bytes, XlMark mark) => mark switch
    {
        < XlMark.SuspendRequested => (int)Math.Min(90, 90.0 * bytes / _memory),
        < XlMark.TransferComplete => 92,
        < XlMark.TargetStarted => 95,
        _ => 99,
    };
}
