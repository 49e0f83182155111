namespace XenMigrate.Compat;

internal static class CancellationExtensions
{
    /// <summary>Cancels without running what waits for it on this thread, where the base library can.</summary>
    public static Task StopAsync(this CancellationTokenSource source)
    {
#if NET
        return source.CancelAsync();
#else
        source.Cancel();
        return Task.CompletedTask;
#endif
    }
}
