namespace XenMigrate.SaveHelper.Save;

/// <summary>
/// Spreads bytes on the wire so that no second sees more than the cap, while it holds. If it is to be lifted for the last pass,
/// the first bytes go uncapped, and are paid for afterwards: they tell how fast that pass will be.
/// </summary>
internal sealed class BandwidthCap(long bytesPerSecond, bool keepsForLastPass)
{
    // The first half of the sample fills the buffers on the way; the second half is measured.
    private const long SampleBytes = 8 * 1024 * 1024;

    // What an idle moment may be made up for: enough for the timers' grain, too little to see.
    private static readonly long s_grain = Stopwatch.Frequency / 50;

    private readonly long _sample = keepsForLastPass || bytesPerSecond < SampleBytes / 4 ? 0 : SampleBytes;
    private long _free = Stopwatch.GetTimestamp();
    private long _bytes;
    private long _halfAt;
    private long _fullBytesPerSecond;
    private volatile bool _lifted;

    /// <summary>Bytes on the wire per second without the cap, as far as that was measured.</summary>
    public double? FullBytesPerSecond => Interlocked.Read(ref _fullBytesPerSecond) is > 0 and var rate ? rate : null;

    /// <summary>The guest stands still now.</summary>
    public void LastPass() => _lifted = !keepsForLastPass;

    /// <summary>Waits until so many bytes more may go; false if the bell rang before.</summary>
    public bool Pay(long bytes, Wake wake)
    {
        _free = Math.Max(_free, Stopwatch.GetTimestamp() - s_grain);
        while (_bytes >= _sample && !_lifted && _free - Stopwatch.GetTimestamp() is > 0 and var wait)
        {
            // Looked at in between: the cap may be lifted meanwhile.
            if (wake.WaitWith(-1, 0, (int)Math.Clamp(wait * 1000 / Stopwatch.Frequency, 1, 20)))
            {
                return false;
            }
        }

        _free += (long)(bytes * (double)Stopwatch.Frequency / bytesPerSecond);
        Measure(bytes);
        return true;
    }

    private void Measure(long bytes)
    {
        long before = _bytes;
        _bytes += bytes;
        if (before < _sample / 2 && _bytes >= _sample / 2)
        {
            _halfAt = Stopwatch.GetTimestamp();
        }

        if (before < _sample && _bytes >= _sample)
        {
            double seconds = Math.Max(1e-6, Stopwatch.GetElapsedTime(_halfAt).TotalSeconds);
            _ = Interlocked.Exchange(ref _fullBytesPerSecond, (long)(_sample / 2 / seconds));
        }
    }
}
