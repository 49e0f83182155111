namespace XenMigrate.Embedded.PreCopy;

/// <summary>The rounds of a transfer while the guest runs, until the policy says how to end.</summary>
internal sealed class OutgoingRounds(EmbeddedGuest guest, PreCopyOptions options, TransferTimes times, RoundReporter reporter, Func<bool> isCancelled)
{
    /// <summary>What the policy said last; null before the first round ended.</summary>
    public ConvergenceVerdict? Verdict { get; private set; }

    /// <summary>What is left to send is in the set afterwards.</summary>
    public ConvergenceVerdict Run(RoundSender sender, long[] pending, TimeSpan fixedCost)
    {
        ConvergenceLimits limits = ConvergenceLimits.From(options, guest.Memory.Bytes);
        List<ConvergenceRound> rounds = [];
        long start = Stopwatch.GetTimestamp();
        bool Stop() => isCancelled() || Stopwatch.GetElapsedTime(start) >= options.TimeLimit;

        // All is sent anyway: what was written before does not count.
        guest.Memory.Dirty.Harvest(new long[pending.Length]);
        double? fullRate = null;
        ConvergenceVerdict verdict;
        do
        {
            reporter.Begin(sender);
            RoundOutcome outcome = Send(sender, rounds.Count, pending, ref fullRate, Stop);
            long[] dirty = new long[pending.Length];
            guest.Memory.Dirty.Harvest(dirty);
            for (int i = 0; i < dirty.Length; i++)
            {
                pending[i] |= dirty[i];
            }

            rounds.Add(new ConvergenceRound(
                outcome.Bytes, outcome.Duration, DirtyBitmap.Count(pending), Stopwatch.GetElapsedTime(start), fixedCost, fullRate));
            verdict = ConvergencePolicy.Decide(limits, rounds);
            Verdict = verdict;
            reporter.End(outcome, DirtyBitmap.Count(dirty), verdict);
        }
        while (verdict.Decision == ConvergenceDecision.Continue && !isCancelled());

        return verdict;
    }

    private RoundOutcome Send(RoundSender sender, int number, long[] pending, ref double? fullRate, Func<bool> stop)
    {
        // While a low cap pays for the sample nothing is sent, which the destination must not take for a broken link.
        if (number > 0 || options.BandwidthLimit is not { } cap || options.KeepLimitWhilePaused
            || RoundSender.SampleBytes > cap * times.Silence.TotalSeconds / 2)
        {
            return sender.Send(number, pending, paused: false, limited: true, stop);
        }

        long start = Stopwatch.GetTimestamp();
        long before = sender.BytesWritten;
        int pages = DirtyBitmap.Count(pending);
        fullRate = sender.MeasureFullRate(pending);
        int sampled = pages - DirtyBitmap.Count(pending);
        RoundOutcome rest = sender.Send(number, pending, paused: false, limited: true, stop);
        return new RoundOutcome(rest.Pages + sampled, sender.BytesWritten - before, Stopwatch.GetElapsedTime(start));
    }
}
