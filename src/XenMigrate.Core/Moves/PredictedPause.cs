namespace XenMigrate.Moves;

/// <summary>What the pause of a move was predicted to be.</summary>
/// <param name="Total">All of it; null if nobody could tell.</param>
/// <param name="Parts">Its parts; null where they are not known.</param>
internal sealed record PredictedPause(TimeSpan? Total, DowntimeParts? Parts)
{
    // A first move has to begin with something: what idle hosts take, most of it hotplug scripts and, for HVM, the device model.
    private static readonly TimeSpan s_suspension = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_startOfHvm = TimeSpan.FromSeconds(1);

    public static PredictedPause Of(MigrationPlan plan, TransferRecord record)
    {
        // What was decided, and predicted, came after a round; the last one, which is the paused one, decides no more.
        if (record.Iterations.FirstOrDefault(round => round.Decision != ConvergenceDecision.Continue) is not { } decided)
        {
            return new PredictedPause(plan.PastDowntime?.Total, plan.PastDowntime);
        }

        // A transfer that obeys by itself knows all of the pause.
        if (plan.Helpers is null || plan.PreCopy is not { } requested)
        {
            return new PredictedPause(decided.PredictedDowntime, null);
        }

        DowntimeParts beside = plan.PastDowntime ?? Usual(plan.Guest.Type);
        DowntimeParts parts = beside with { LastCopy = LastCopy(decided, decided.PredictedDowntime - requested.Fixed.Fixed, beside.LastCopy) };
        return new PredictedPause(parts.Total, parts);
    }

    /// <summary>
    /// The pages that the decision counted go once more while the guest runs, and the pause carries what it writes meanwhile. A guest
    /// writes its working set again and again: in a quarter of the time about half as many different pages. It never was less than before.
    /// </summary>
    private static TimeSpan LastCopy(MigrationIteration decided, TimeSpan counted, TimeSpan before)
    {
        if (counted <= TimeSpan.Zero || decided.Duration <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        double share = Math.Sqrt(Math.Min(1, counted.TotalSeconds / decided.Duration.TotalSeconds));
        return new[] { new TimeSpan((long)(counted.Ticks * share)), new[] { before, counted }.Min() }.Max();
    }

    /// <summary>What a pause takes beside the copy, where no move between the hosts tells.</summary>
    public static DowntimeParts Usual(GuestType type) =>
        new(s_suspension, TimeSpan.Zero, type == GuestType.HVM ? s_startOfHvm : s_start);

    public MigrationResult In(MigrationResult result) => result with { PredictedDowntime = Total, PredictedDowntimePart = Parts };
}
