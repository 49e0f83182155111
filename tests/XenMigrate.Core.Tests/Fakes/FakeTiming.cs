namespace XenMigrate.Tests;

/// <summary>A clock that only moves when somebody waits, or when a test says so.</summary>
internal sealed class FakeTiming
{
    private readonly object _lock = new();
    private readonly List<(TimeSpan Due, CancellationTokenSource Source)> _limits = [];
    private readonly TaskCompletionSource<bool> _limited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _elapsed;

    public FakeTiming() => Timing = new Timing(() => Start + Elapsed, () => Elapsed, WaitAsync) { Limit = Limit };

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

    /// <summary>Waits until somebody has set a limit.</summary>
    public Task LimitedAsync() => _limited.Task;

    public void Advance(TimeSpan time)
    {
        CancellationTokenSource[] due;
        lock (_lock)
        {
            _elapsed += time;
            due = [.. _limits.Where(limit => limit.Due <= _elapsed).Select(limit => limit.Source)];
            _limits.RemoveAll(limit => limit.Due <= _elapsed);
        }

        foreach (CancellationTokenSource source in due)
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // What had the limit ended before it.
            }
        }
    }

    private CancellationTokenSource Limit(TimeSpan time)
    {
        CancellationTokenSource source = new();
        lock (_lock)
        {
            if (time != System.Threading.Timeout.InfiniteTimeSpan)
            {
                _limits.Add((_elapsed + time, source));
                _ = _limited.TrySetResult(true);
            }
        }

        return source;
    }

    private Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Advance(time);
        return Task.CompletedTask;
    }
}
