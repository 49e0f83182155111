namespace XenMigrate.Journal;

/// <summary>Says in a journal that whoever writes it is alive, as long as something else is done.</summary>
internal static class JournalHeartbeat
{
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    public static async Task<T> DuringAsync<T>(Action beat, Timing timing, Func<Task<T>> work)
    {
        using CancellationTokenSource over = new();
        Task beating = BeatAsync(beat, timing, over.Token);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
            await beating.ConfigureAwait(false);
        }
    }

    private static async Task BeatAsync(Action beat, Timing timing, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await timing.Delay(Interval, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            beat();
        }
    }
}
