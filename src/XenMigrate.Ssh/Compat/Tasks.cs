namespace XenMigrate.Ssh;

/// <summary>Waits that can be given up.</summary>
internal static class Tasks
{
    /// <summary>The task's result, unless the token is cancelled before; the task itself goes on.</summary>
    public static async Task<T> OrCancelled<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted)
        {
            TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
            {
                await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
            }

            if (!task.IsCompleted)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return await task.ConfigureAwait(false);
    }

    /// <summary>Whether the task ended, in whatever way, before the token was cancelled.</summary>
    public static async Task<bool> EndsBefore(this Task task, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
        }

        return task.IsCompleted;
    }
}
