namespace XenMigrate;

/// <summary>One round of pre-copy, as the transfer itself counted it.</summary>
public sealed record MigrationIteration(
    int Number,
    long Pages,
    long Bytes,
    TimeSpan Duration,
    long DirtyPages,
    TimeSpan PredictedDowntime,
    ConvergenceDecision Decision,
    string Reason)
{
    /// <summary>0 for the round that sends all memory; the last one is sent while the guest is paused.</summary>
    public int Number { get; internal init; } = Number;

    /// <summary>Pages sent, 4 KiB each, those that hold zeros only included.</summary>
    public long Pages { get; internal init; } = Pages;

    /// <summary>Bytes on the wire, headers included.</summary>
    public long Bytes { get; internal init; } = Bytes;

    /// <summary>From the round's first byte to its last.</summary>
    public TimeSpan Duration { get; internal init; } = Duration;

    /// <summary>Pages that the guest dirtied during the round.</summary>
    public long DirtyPages { get; internal init; } = DirtyPages;

    /// <summary>The pause, if the guest were paused after this round.</summary>
    public TimeSpan PredictedDowntime { get; internal init; } = PredictedDowntime;

    /// <summary>What the policy made of it.</summary>
    public ConvergenceDecision Decision { get; internal init; } = Decision;

    /// <summary>Why, in words.</summary>
    public string Reason { get; internal init; } = Reason;

    /// <summary>Bytes on the wire per second.</summary>
    public double BytesPerSecond => Duration > TimeSpan.Zero ? Bytes / Duration.TotalSeconds : 0;

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}: {1} pages in {2:0.000} s, {3}", Number, Pages, Duration.TotalSeconds, Decision);
}
