namespace XenMigrate;

/// <content>Plans and reports, and the guests that a plan is made for.</content>
public sealed partial class MoveGuestCommand
{
    private async Task ProcessReportsAsync(CancellationToken cancellationToken)
    {
        _reports ??= new ReportMover(
            new MoveEngine(Request, Audience, Timing.Real), Audience, (name, token) => ResolveAsync(new MigrationHost(name), token), Timing.Real);
        foreach (MigrationReport report in Report)
        {
            await _reports.RunAsync(report, Live, Checks, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PlanAsync(CancellationToken cancellationToken)
    {
        HostEnd[] destinations = await ConnectAsync(Destination, cancellationToken).ConfigureAwait(false);
        FleetRequest request = new(_guests, destinations)
        {
            Checks = Checks,
            Settings = CheckSettings,
            Order = Sort,
            Apart = AntiAffinity is { } rule ? guests => AskAsync(() => XenMigrate.AntiAffinity.WordsOf(rule, guests)) : null,
        };
        await AddAsync(
            await FleetPlanner.PlanAsync(request, Timing.Real, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task ProcessPlanAsync(CancellationToken cancellationToken)
    {
        if (Plan.FindProblems() is { Count: > 0 } problems)
        {
            PostError(new PlanInvalidException(problems), Plan);
            return;
        }

        if (Live && Plan.Move.FirstOrDefault(move => move.Mode != MigrationMode.Live) is { } offline)
        {
            throw new PSArgumentException($"The plan decides how guests move, and it moves {offline.Name} offline. New-MigrationPlan -Live plans live moves.");
        }

        // Who had no place when the plan was made was told then.
        await AddAsync(Plan with { Unplaced = [] }, cancellationToken).ConfigureAwait(false);
    }
}
