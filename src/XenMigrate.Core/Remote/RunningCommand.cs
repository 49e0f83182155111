namespace XenMigrate.Remote;

/// <summary>Waits for commands that no cancellation may end.</summary>
internal static class RunningCommand
{
    /// <summary>Waits for a command's end or for a cancellation, and says whether a cancellation had come by then.</summary>
    public static async Task<bool> IsCancelledFirstAsync(this Task run, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        _ = await Task.WhenAny(cancelled.Task, run).ConfigureAwait(false);
        // Which of two that ended WhenAny hears of first is up to the thread pool, and a request that was made has to be
        // answered for.
        return cancelled.Task.IsCompleted;
    }
}
