namespace XenMigrate.SaveHelper.Events;

/// <summary>
/// Held by whoever has a domain's log-dirty mode switched on: a save, a sampling, or the guard that clears up after either. It ends
/// with its process. Without it one could switch off what the other relies on, and pages would be lost.
/// </summary>
internal sealed class LogDirtyLock : IDisposable
{
    private const int Exclusive = 2;
    private const int WithoutWaiting = 4;
    private const uint OnlyOwner = 0x180;

    private readonly int _descriptor;

    private LogDirtyLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Takes it; null if somebody else has it, or if there is no place for it.</summary>
    public static LogDirtyLock? TryTake(uint domain) => TryTake(domain, out _);

    /// <summary>The same, once whoever has it gave it back, within that time.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="isHeld">Whether somebody else had it all the time.</param>
    public static LogDirtyLock? Take(uint domain, TimeSpan patience, out bool isHeld)
    {
        long end = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        LogDirtyLock? taken = TryTake(domain, out isHeld);
        while (isHeld && Stopwatch.GetTimestamp() < end)
        {
            Thread.Sleep(20);
            taken = TryTake(domain, out isHeld);
        }

        return taken;
    }

    private static unsafe LogDirtyLock? TryTake(uint domain, out bool isHeld)
    {
        int descriptor = DomainFolders.Prepare(domain)
            ? Libc.Open(NativeText.Of(Path.Combine(Surroundings.DomainFolder(domain), "log-dirty")), OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.CloseOnExec, OnlyOwner)
            : -1;
        isHeld = descriptor >= 0 && Libc.Lock(descriptor, Exclusive | WithoutWaiting) != 0;
        if (descriptor < 0 || !isHeld)
        {
            return descriptor < 0 ? null : new LogDirtyLock(descriptor);
        }

        _ = Libc.Close(descriptor);
        return null;
    }

    public void Dispose() => _ = Libc.Close(_descriptor);
}
