namespace XenMigrate.Embedded.Network;

/// <summary>What a link carries in one direction, shared by all its connections: each waits for what came before.</summary>
internal sealed class LinkPace
{
    // Time that nobody used is lost, but for this much, which a late timer may make up for.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(20);

    private readonly object _lock = new();
    private TimeSpan _busyUntil = TimeSpan.MinValue;

    /// <summary>Takes a piece; says how long it is from now until the link has carried it.</summary>
    public TimeSpan Carry(int bytes, long bytesPerSecond)
    {
        TimeSpan now = Stopwatch.GetElapsedTime(0);
        lock (_lock)
        {
            TimeSpan begins = _busyUntil > now - s_grace ? _busyUntil : now - s_grace;
            _busyUntil = begins + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            return _busyUntil - now;
        }
    }
}
