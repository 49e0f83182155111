using System.Threading;
using System.Threading.Tasks;

namespace XenMigrate.Toolstacks;

/// <summary>Waits for commands that no cancellation may end.</summary>
internal static class RunningCommand
{
    /// <summary>Waits for a command's end or for a cancellation, and says whether the cancellation came first.</summary>
    public static async Task<bool> IsCancelledFirstAsync(this Task run, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        // Of two that ended, WhenAny returns the first in the list: a request that was made has to be answered for.
        return await Task.WhenAny(cancelled.Task, run).ConfigureAwait(false) == cancelled.Task;
    }
}
