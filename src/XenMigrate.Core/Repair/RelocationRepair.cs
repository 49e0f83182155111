namespace XenMigrate.Repair;

/// <summary>Mends lines of the destination's xend-config.sxp, and has xend read them.</summary>
internal abstract class RelocationRepair : CheckRepair
{
    public override async Task<RepairPlan> PlanAsync(RepairScene scene, CancellationToken cancellationToken)
    {
        RelocationRequest request = Request(scene.Facts);
        if (request.Settings is not { } settings)
        {
            return RepairPlan.Leave(request.Left!);
        }

        RelocationConfigurator configurator = new(scene.Destination, scene.Timing);
        RelocationPlan plan = await configurator.PlanAsync(settings, cancellationToken).ConfigureAwait(false);
        List<RepairStep> steps = [];
        if (plan.ChangesAnything)
        {
            steps.Add(new RepairStep(scene.Destination.ComputerName, $"Change {XendConfiguration.Path}: {plan}", WriteAsync));
        }

        steps.Add(await XendService.StepAsync(scene.Destination, configurator, plan.Result, cancellationToken).ConfigureAwait(false));
        return new RepairPlan(steps, request.Left);

        async Task<string?> WriteAsync(CancellationToken token)
        {
            RelocationConfiguration written = await configurator.WriteAsync(plan, token).ConfigureAwait(false);
            return $"the old file is {written.BackupPath}";
        }
    }

    /// <summary>What has to be written. It can be nothing: xend may not have read what is there.</summary>
    protected abstract RelocationRequest Request(PairFacts facts);
}

/// <summary>What a repair wants of a relocation configuration, or why it wants nothing.</summary>
internal sealed record RelocationRequest(RelocationSettings? Settings, string? Left = null)
{
    public static RelocationRequest Leave(string why) => new(null, why);
}
