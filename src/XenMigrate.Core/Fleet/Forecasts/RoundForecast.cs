namespace XenMigrate.Fleet.Forecasts;

/// <summary>What a live transfer comes to, as far as it can be told beforehand.</summary>
/// <param name="Rounds">The rounds in which the guest runs.</param>
/// <param name="LastCopy">How long the copy of the rest takes, with the guest paused.</param>
/// <param name="Ends">Whether the transfer ends by itself: the guest is not given up.</param>
internal sealed record RoundForecast(IReadOnlyList<MigrationIteration> Rounds, TimeSpan LastCopy, bool Ends)
{
    // Xen's own rule: fewer dirty pages than this, or so many rounds after the first.
    private const int FewPages = 50;
    private const int MostRounds = 5;

    // No guest writes nothing while it is told to suspend: the last copy of an idle one never was shorter.
    private const int LeastLastPages = 230;
    private const int EndlessRounds = 100;

    public TimeSpan Live => new(Rounds.Sum(round => round.Duration.Ticks));

    /// <summary>Plays the rounds by the policy that will decide.</summary>
    /// <param name="pages">The pages that the guest has.</param>
    /// <param name="pagesPerSecond">How many of them go to the destination in a second.</param>
    /// <param name="dirtyAfter">How many it writes in some time.</param>
    /// <param name="options">What the save helper is told; null for Xen's own rule.</param>
    public static RoundForecast Play(long pages, double pagesPerSecond, Func<TimeSpan, long> dirtyAfter, PreCopyOptions? options)
    {
        ConvergenceLimits? limits = options is null ? null : ConvergenceLimits.OfSaveHelper(options, pages * 4096);
        List<MigrationIteration> rounds = [];
        List<ConvergenceRound> seen = [];
        TimeSpan elapsed = TimeSpan.Zero;
        long toSend = pages;
        while (true)
        {
            TimeSpan duration = TimeFor(toSend);
            long dirty = dirtyAfter(duration);
            elapsed += duration;
            seen.Add(new ConvergenceRound(Bytes(toSend), duration, dirty, elapsed, TimeSpan.Zero));
            ConvergenceVerdict verdict = limits is null
                ? ByXen(dirty, rounds.Count)
                : rounds.Count < EndlessRounds ? ConvergencePolicy.Decide(limits, seen) : new ConvergenceVerdict(ConvergenceDecision.Abort, TimeFor(dirty), "too many rounds");
            rounds.Add(new MigrationIteration(rounds.Count, toSend, Bytes(toSend), duration, dirty, verdict.PredictedPause, verdict.Decision, verdict.Reason));
            if (verdict.Decision == ConvergenceDecision.Abort)
            {
                return new RoundForecast(rounds, TimeFor(dirty), Ends: false);
            }

            if (verdict.Decision != ConvergenceDecision.Continue)
            {
                // What was counted goes once more while the guest runs, and the pause carries what it writes meanwhile.
                TimeSpan again = TimeFor(dirty);
                long last = Math.Min(pages, Math.Max(dirtyAfter(again), LeastLastPages));
                rounds.Add(new MigrationIteration(rounds.Count, dirty, Bytes(dirty), again, last, TimeFor(last), verdict.Decision, verdict.Reason));
                return new RoundForecast(rounds, TimeFor(last), Ends: true);
            }

            toSend = dirty;
        }

        TimeSpan TimeFor(long count) => TimeSpan.FromTicks((long)(count / pagesPerSecond * TimeSpan.TicksPerSecond));

        ConvergenceVerdict ByXen(long dirty, int round) => new(
            dirty < FewPages || round + 1 >= MostRounds ? ConvergenceDecision.StopAndCopy : ConvergenceDecision.Continue, TimeFor(dirty), "Xen's own rule");
    }

    private static long Bytes(long pages) => pages * (4096 + 12);
}
