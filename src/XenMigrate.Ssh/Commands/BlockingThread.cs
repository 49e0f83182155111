namespace XenMigrate.Ssh;

/// <summary>
/// Runs what blocks on a thread of its own. SSH.NET waits on handles while it opens a channel or reads a stream, and
/// the thread pool, which starts with one thread a core, would let ten such waits queue for seconds.
/// </summary>
internal static class BlockingThread
{
    public static Task<T> Run<T>(Func<T> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
