namespace XenMigrate.Fleet.Placement;

/// <summary>What is known beforehand of how fast guests are copied.</summary>
/// <param name="BytesPerSecond">What the link carries for one move.</param>
/// <param name="Live">Whether the guests run meanwhile.</param>
/// <param name="MaximumDowntime">How long a guest that runs may stand still at the end.</param>
internal sealed record TransferRate(double BytesPerSecond, bool Live, TimeSpan MaximumDowntime)
{
    private const long BytesInMebibyte = 1 << 20;

    // What two hosts need to hand a guest over when nothing is left to send.
    private static readonly TimeSpan s_handOver = TimeSpan.FromMilliseconds(3);

    /// <summary>
    /// How long a move takes, and how long the guest stands still in it. A live one sends what the guest dirtied in the
    /// round before until the rest fits in the allowed pause; one that dirties as fast as the link carries never ends
    /// like that, and nobody can tell.
    /// </summary>
    public (TimeSpan? Duration, TimeSpan? Downtime) Predict(FleetGuest guest)
    {
        double whole = guest.MemoryMB * (double)BytesInMebibyte / BytesPerSecond;
        if (!Live)
        {
            return (Time(whole), Time(whole));
        }

        if (guest.DirtyBytesPerSecond is not { } dirty)
        {
            return (Time(whole), null);
        }

        double share = dirty / BytesPerSecond;
        if (share >= 1)
        {
            return (null, null);
        }

        if (whole <= 0)
        {
            return (s_handOver, s_handOver);
        }

        // The rounds shrink by that share, so how many it takes until the rest is short enough is a matter of logarithms.
        double enough = Math.Max((MaximumDowntime - s_handOver).TotalSeconds, s_handOver.TotalSeconds);
        double rounds = Math.Max(1, Math.Ceiling(Math.Log(enough / whole) / Math.Log(share)));
        double rest = whole * Math.Pow(share, rounds);
        double running = (whole - rest) / (1 - share);
        return (Time(running + rest), Time(rest));
    }

    private static TimeSpan Time(double seconds) => seconds + 1 < TimeSpan.MaxValue.TotalSeconds
        ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)) + s_handOver
        : TimeSpan.MaxValue;
}
