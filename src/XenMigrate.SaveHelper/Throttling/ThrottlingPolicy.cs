namespace XenMigrate.SaveHelper.Throttling;

/// <summary>What to do after a round.</summary>
/// <param name="Unthrottled">What to do if the guest can't be throttled.</param>
/// <param name="ShareOfProcessors">The percentage of its processors' time to leave the guest from now on; null for no change.</param>
internal sealed record ThrottlingVerdict(ConvergenceVerdict Verdict, ConvergenceVerdict Unthrottled, int? ShareOfProcessors);

/// <summary>
/// Asks <see cref="ConvergencePolicy"/>, and where that would give a guest up, or pause it for too long, gives it less
/// processor time and a few more rounds first, step by step.
/// </summary>
internal sealed class ThrottlingPolicy(IReadOnlyList<int> steps)
{
    private const int RoundsEachStep = 3;

    private readonly List<ConvergenceRound> _rounds = [];
    private int _step;

    /// <summary>Percentages of its processors' time.</summary>
    public static IReadOnlyList<int> Steps { get; } = [50, 20];

    public ThrottlingVerdict Decide(ConvergenceLimits limits, ConvergenceRound round)
    {
        _rounds.Add(round);
        limits = _step == 0 ? limits : limits with { RoundsWithoutProgress = Math.Min(RoundsEachStep, limits.RoundsWithoutProgress) };
        ConvergenceVerdict verdict = ConvergencePolicy.Decide(limits, _rounds);
        bool ends = verdict.Decision is ConvergenceDecision.Abort or ConvergenceDecision.GoOffline;
        if (!ends || _step == steps.Count || round.Elapsed >= limits.TimeLimit)
        {
            return new ThrottlingVerdict(verdict, verdict, null);
        }

        // What it wrote with all its time tells nothing about what it will; this round's rest is what it has to undercut.
        _rounds.Clear();
        _rounds.Add(round);
        int share = steps[_step++];
        string reason = string.Create(CultureInfo.InvariantCulture, $"{verdict.Reason}; the guest gets {share} % of its processors' time from now on");
        return new ThrottlingVerdict(verdict with { Decision = ConvergenceDecision.Continue, Reason = reason }, verdict, share);
    }
}
