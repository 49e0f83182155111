namespace XenMigrate.Simulation.Time;

/// <summary>
/// A thread pool of one thread, which the project's settings make: the engine goes on there after whatever it waits for,
/// and nothing beside it. Who yields in it waits until nothing else is to be done.
/// </summary>
internal static class SingleThread
{
    /// <exception cref="InvalidOperationException">There are more.</exception>
    public static void Require()
    {
        ThreadPool.GetMaxThreads(out int threads, out _);
        if (threads != 1)
        {
            throw new InvalidOperationException($"The thread pool may have {threads} threads, so no run could be made again.");
        }
    }
}
