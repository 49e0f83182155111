using System;
using System.Globalization;

namespace XenMigrate.Migration;

/// <summary>One round of pre-copy, as the transfer itself counted it.</summary>
/// <param name="Number">0 for the round that sends all memory; the last one is sent while the guest is paused.</param>
/// <param name="Pages">Pages sent, 4 KiB each, those that hold zeros only included.</param>
/// <param name="Bytes">Bytes on the wire, headers included.</param>
/// <param name="Duration">From the round's first byte to its last.</param>
/// <param name="DirtyPages">Pages that the guest dirtied during the round.</param>
/// <param name="PredictedDowntime">The pause, if the guest were paused after this round.</param>
/// <param name="Decision">What the policy made of it.</param>
/// <param name="Reason">Why, in words.</param>
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
    /// <summary>Bytes on the wire per second.</summary>
    public double BytesPerSecond => Duration > TimeSpan.Zero ? Bytes / Duration.TotalSeconds : 0;

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}: {1} pages in {2:0.000} s, {3}", Number, Pages, Duration.TotalSeconds, Decision);
}
