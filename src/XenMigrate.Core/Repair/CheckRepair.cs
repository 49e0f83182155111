namespace XenMigrate.Repair;

/// <summary>A way to mend what one check finds. It looks first, and says what it would do; each step waits for consent.</summary>
internal abstract class CheckRepair
{
    /// <summary>What it is against.</summary>
    public abstract Mendable Mends { get; }

    /// <summary>What it would do, or why it does nothing. It changes nothing.</summary>
    /// <exception cref="XenMigrateException">It can't be told; the result stays as it is.</exception>
    public abstract Task<RepairPlan> PlanAsync(RepairScene scene, CancellationToken cancellationToken);
}

/// <summary>Where something is to be mended, as it was found just now.</summary>
/// <param name="Guest">The guest as the source describes it; null for what is about the hosts.</param>
internal sealed record RepairScene(
    HostSession Source, HostSession Destination, PairFacts Facts, Guest? Guest, Timing Timing);
