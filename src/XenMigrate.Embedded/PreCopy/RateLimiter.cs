namespace XenMigrate.Embedded.PreCopy;

/// <summary>Keeps several senders together at a rate. What was sent is paid for before more is sent.</summary>
internal sealed class RateLimiter(long bytesPerSecond)
{
    private const double Slice = 0.002;

    private readonly object _gate = new();

    // Until when what was sent so far takes at the rate.
    private long _paidAt = Stopwatch.GetTimestamp();

    /// <summary>How many bytes to send at once, so that the flow is even.</summary>
    public long Chunk => Math.Max(1, (long)(bytesPerSecond * Slice));

    /// <summary>Time not used by now is lost, else a rest would be followed by a flood.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _paidAt = Math.Max(_paidAt, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Notes what is about to be sent.</summary>
    public void Spend(long bytes)
    {
        lock (_gate)
        {
            _paidAt += (long)(bytes * (double)Stopwatch.Frequency / bytesPerSecond);
        }
    }

    /// <summary>Waits until all that was sent is paid for, or somebody says stop.</summary>
    public void Wait(Func<bool> stop)
    {
        while (!stop())
        {
            long left;
            lock (_gate)
            {
                left = _paidAt - Stopwatch.GetTimestamp();
            }

            if (left <= 0)
            {
                return;
            }

            // In short steps, so that a stop is heard.
            Thread.Sleep(Math.Clamp((int)(left * 1000 / Stopwatch.Frequency), 1, 50));
        }
    }
}
