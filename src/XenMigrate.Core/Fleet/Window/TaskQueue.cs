using System.Collections.Concurrent;

namespace XenMigrate.Fleet.Window;

/// <summary>Tasks in the order in which they end. Unlike Task.WhenAny, it costs nothing for those that go on.</summary>
internal sealed class TaskQueue<T> : IDisposable
{
    private readonly ConcurrentQueue<Task<T>> _ended = [];
    private readonly SemaphoreSlim _signal = new(0);
    private int _pending;

    /// <summary>How many were added and not taken yet.</summary>
    public int Pending => Volatile.Read(ref _pending);

    public void Add(Task<T> task)
    {
        _ = Interlocked.Increment(ref _pending);
        _ = task.ContinueWith(
            ended =>
            {
                _ended.Enqueue(ended);
                _ = _signal.Release();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>The next task that has ended, however it did; it is for the caller to look.</summary>
    public async Task<Task<T>> TakeAsync()
    {
        await _signal.WaitAsync().ConfigureAwait(false);
        _ = _ended.TryDequeue(out Task<T>? task);
        _ = Interlocked.Decrement(ref _pending);
        return task!;
    }

    public void Dispose() => _signal.Dispose();
}
