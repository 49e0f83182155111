namespace XenMigrate.Tests;

/// <summary>A clock that only moves when somebody waits, or when a test says so.</summary>
internal sealed class FakeTiming
{
    private readonly object _lock = new();
    private TimeSpan _elapsed;

    public FakeTiming() => Timing = new Timing(() => Start + Elapsed, () => Elapsed, WaitAsync);

    public static DateTimeOffset Start { get; } = new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);

    public Timing Timing { get; }

    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    public void Advance(TimeSpan time)
    {
        lock (_lock)
        {
            _elapsed += time;
        }
    }

    private Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Advance(time);
        return Task.CompletedTask;
    }
}
