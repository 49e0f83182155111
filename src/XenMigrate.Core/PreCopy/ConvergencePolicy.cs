namespace XenMigrate.PreCopy;

/// <summary>
/// When pre-copy ends. It has no state and knows no transfer, so that any transfer can ask it after each round.
/// </summary>
internal static class ConvergencePolicy
{
    /// <summary>An idle link's round trips take less; what takes longer was some other work, which the pause won't see.</summary>
    private static readonly TimeSpan s_leastFixedCost = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan s_mostFixedCost = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestPrediction = TimeSpan.FromDays(1);

    /// <summary>Decides, after the last of the rounds so far.</summary>
    public static ConvergenceVerdict Decide(ConvergenceLimits limits, IReadOnlyList<ConvergenceRound> rounds)
    {
        TimeSpan predicted = Predict(limits, rounds);
        TimeSpan copy = predicted - limits.FixedPause;
        string beside = limits.FixedPause > TimeSpan.Zero ? $" and suspending and starting the guest {Milliseconds(limits.FixedPause)}" : "";
        if (predicted <= limits.MaximumDowntime)
        {
            return new ConvergenceVerdict(
                ConvergenceDecision.StopAndCopy, predicted, $"the rest takes {Milliseconds(copy)}{beside}, and {Milliseconds(limits.MaximumDowntime)} are allowed");
        }

        if (WhyNever(limits, rounds) is not { } reason)
        {
            return new ConvergenceVerdict(
                ConvergenceDecision.Continue, predicted, $"the rest would take {Milliseconds(copy)}{beside}, more than the {Milliseconds(limits.MaximumDowntime)} allowed");
        }

        return new ConvergenceVerdict(
            limits.OfflineFallback ? ConvergenceDecision.GoOffline : ConvergenceDecision.Abort, predicted, reason);
    }

    /// <summary>The pause, if the guest were paused after the last of the rounds.</summary>
    public static TimeSpan Predict(ConvergenceLimits limits, IReadOnlyList<ConvergenceRound> rounds) =>
        PredictCopy(limits, rounds) + limits.FixedPause;

    private static TimeSpan PredictCopy(ConvergenceLimits limits, IReadOnlyList<ConvergenceRound> rounds)
    {
        ConvergenceRound last = rounds[rounds.Count - 1];
        TimeSpan fixedCost = last.FixedCost < s_leastFixedCost ? s_leastFixedCost
            : last.FixedCost > s_mostFixedCost ? s_mostFixedCost : last.FixedCost;
        double bytes = last.PendingPages * limits.BytesPerPage;
        if (bytes <= 0)
        {
            return fixedCost;
        }

        double rate = last.FinalBytesPerSecond ?? Rate(limits, rounds);
        double seconds = rate > 0 ? fixedCost.TotalSeconds + (bytes / rate) : double.PositiveInfinity;
        return seconds < s_longestPrediction.TotalSeconds ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : s_longestPrediction;
    }

    /// <summary>The rate of the last round that was large enough to tell; else of the largest.</summary>
    private static double Rate(ConvergenceLimits limits, IReadOnlyList<ConvergenceRound> rounds) =>
        (rounds.LastOrDefault(round => round.Bytes >= limits.SmallestSample)
            ?? rounds.OrderByDescending(round => round.Bytes).First()).BytesPerSecond;

    private static string? WhyNever(ConvergenceLimits limits, IReadOnlyList<ConvergenceRound> rounds)
    {
        if (limits.TimeLimit is { } limit && rounds[rounds.Count - 1].Elapsed >= limit)
        {
            return string.Format(CultureInfo.InvariantCulture, "it did not converge within {0:0.#} s", limit.TotalSeconds);
        }

        int stale = RoundsSinceProgress(limits, rounds);
        if (stale >= limits.RoundsWithoutProgress)
        {
            return string.Format(
                CultureInfo.InvariantCulture, "it does not converge: no progress in {0} rounds, the guest writes as fast as its memory is sent", stale);
        }

        return rounds.Sum(round => (double)round.Bytes) >= limits.MemoryFactor * limits.MemoryBytes
            ? string.Format(CultureInfo.InvariantCulture, "it does not converge: {0:0.#} times the guest's memory was sent", limits.MemoryFactor)
            : null;
    }

    private static int RoundsSinceProgress(ConvergenceLimits limits, IReadOnlyList<ConvergenceRound> rounds)
    {
        double best = double.PositiveInfinity;
        int stale = 0;
        foreach (ConvergenceRound round in rounds)
        {
            // With nothing pending there is nothing to gain.
            bool gained = round.PendingPages <= best * (1 - limits.LeastGain) && best > 0;
            best = gained ? round.PendingPages : best;
            stale = gained ? 0 : stale + 1;
        }

        return stale;
    }

    private static string Milliseconds(TimeSpan time) => time < TimeSpan.FromSeconds(10)
        ? time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms"
        : time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
