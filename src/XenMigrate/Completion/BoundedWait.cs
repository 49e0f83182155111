namespace XenMigrate.Completion;

/// <summary>Waits for what tab completion asks hosts and files, and never for long: somebody sits before the prompt.</summary>
internal static class BoundedWait
{
    // After the first, who is asked is told to give up what it has; after the second, nobody waits.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(1000);

    /// <summary>What was found in time; nothing if it was not, or if there was any trouble.</summary>
    public static IReadOnlyList<T> For<T>(Func<CancellationToken, Task<IReadOnlyList<T>>> ask)
    {
        using CancellationTokenSource patience = new(s_patience);
        CancellationToken token = patience.Token;
        Task<IReadOnlyList<T>> work = Task.Run(() => ask(token));

        // A host may not hear at once that nobody waits any more.
        _ = ((IAsyncResult)work).AsyncWaitHandle.WaitOne(s_limit);
        if (work.Status == TaskStatus.RanToCompletion)
        {
            return work.GetAwaiter().GetResult();
        }

        _ = work.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return [];
    }
}
