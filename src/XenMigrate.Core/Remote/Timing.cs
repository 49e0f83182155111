using System.Diagnostics;

namespace XenMigrate.Remote;

/// <summary>Time as the engine sees it; tests bring their own, so that they never wait.</summary>
internal sealed record Timing(
    Func<DateTimeOffset> Now, Func<TimeSpan> Elapsed, Func<TimeSpan, CancellationToken, Task> Delay)
{
    /// <summary>A source whose token is cancelled after a time; <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
    public Func<TimeSpan, CancellationTokenSource> Limit { get; init; } = time => new CancellationTokenSource(time);

    /// <summary>The machine's clock for dates, a monotonic one for durations.</summary>
    public static Timing Real { get; } = FromMachine();

    private static Timing FromMachine()
    {
        Stopwatch clock = Stopwatch.StartNew();
        return new Timing(() => DateTimeOffset.UtcNow, () => clock.Elapsed, Task.Delay);
    }
}
