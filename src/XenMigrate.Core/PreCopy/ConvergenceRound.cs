namespace XenMigrate.PreCopy;

/// <summary>A round of pre-copy, as far as its result decides about the next one.</summary>
/// <param name="Bytes">Bytes on the wire, headers included.</param>
/// <param name="Duration">From its first byte to the acknowledgement of its last.</param>
/// <param name="PendingPages">Pages left to send: dirtied meanwhile, or not reached.</param>
/// <param name="Elapsed">Since the first round began.</param>
/// <param name="FixedCost">What a pause takes with nothing to send, as far as it was measured.</param>
/// <param name="FinalBytesPerSecond">
/// The rate of the last pass, if it will not be that of the rounds, as when a cap is lifted for it.
/// </param>
internal sealed record ConvergenceRound(
    long Bytes, TimeSpan Duration, long PendingPages, TimeSpan Elapsed, TimeSpan FixedCost, double? FinalBytesPerSecond = null)
{
    /// <summary>Bytes on the wire per second.</summary>
    public double BytesPerSecond => Duration > TimeSpan.Zero ? Bytes / Duration.TotalSeconds : 0;
}

/// <summary>What to do after a round.</summary>
/// <param name="PredictedPause">The pause, if the guest were paused now.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record ConvergenceVerdict(ConvergenceDecision Decision, TimeSpan PredictedPause, string Reason);
