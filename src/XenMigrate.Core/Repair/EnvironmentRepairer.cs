namespace XenMigrate.Repair;

/// <summary>
/// Mends what checks of two hosts found: looks whether it is still so, does what is agreed to, and makes the check again.
/// </summary>
internal sealed class EnvironmentRepairer(HostEnd source, HostEnd destination, Timing timing)
{
    private const string NotMended = "This is not mended from here.";

    /// <summary>What the source calls the destination; null for the destination's own name.</summary>
    public string? MigrationAddress { get; init; }

    /// <param name="found">What a check found.</param>
    /// <param name="ask">Asks whether a step may be done.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <returns>What became of it; null if it was only shown what would be done.</returns>
    public async Task<RepairResult?> RepairAsync(
        CheckResult found, Func<RepairStep, Task<RepairConsent>> ask, CancellationToken cancellationToken)
    {
        if (AllRepairs.For(found) is null)
        {
            return Leave(found, NotMended);
        }

        if (source.Session is null || destination.Session is null)
        {
            HostEnd silent = source.Session is null ? source : destination;
            return Leave(found, $"There is no session to {silent.Name}: {silent.Problem}");
        }

        (CheckResult? now, RepairScene scene) = await LookAsync(found, cancellationToken).ConfigureAwait(false);
        if (now is null)
        {
            return Leave(found, $"{source.Name} has no guest {found.Guest} any more.");
        }

        if (now.Status is CheckStatus.Passed or CheckStatus.Warning)
        {
            return Tell(now) with { Outcome = RepairOutcome.Repaired };
        }

        if (AllRepairs.For(now) is not { } repair)
        {
            return Leave(now, now.Status == CheckStatus.Failed ? NotMended : now.Message);
        }

        RepairPlan plan;
        try
        {
            plan = await repair.PlanAsync(scene, cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            return Leave(now, $"{e.Message} {e.Advice}".TrimEnd());
        }

        return plan.Steps.Count == 0
            ? Leave(now, plan.Left ?? NotMended)
            : await DoAsync(now, plan, ask, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RepairResult?> DoAsync(
        CheckResult now, RepairPlan plan, Func<RepairStep, Task<RepairConsent>> ask, CancellationToken cancellationToken)
    {
        List<string> done = [];
        RepairStep? declined = null;
        bool onlyShown = false;
        XenMigrateException? error = null;
        try
        {
            foreach (RepairStep step in plan.Steps)
            {
                RepairConsent consent = await ask(step).ConfigureAwait(false);
                if (consent == RepairConsent.Declined)
                {
                    declined = step;
                    break;
                }

                onlyShown |= consent == RepairConsent.OnlyShown;
                if (!onlyShown)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    string? note = await step.DoAsync(cancellationToken).ConfigureAwait(false);
                    done.Add($"{step.Host}: {step}{(note is null ? "" : $"; {note}")}");
                }
            }
        }
        catch (XenMigrateException e)
        {
            error = e;
        }

        return onlyShown ? null
            : declined is not null && done.Count == 0 ? Declined(now, [], declined)
            : await VerifyAsync(now, plan, done, declined, error, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Only the check itself can say that what it found is mended.</summary>
    private async Task<RepairResult> VerifyAsync(
        CheckResult before,
        RepairPlan plan,
        IReadOnlyList<string> done,
        RepairStep? declined,
        XenMigrateException? error,
        CancellationToken cancellationToken)
    {
        (CheckResult? again, _) = await LookAsync(before, cancellationToken).ConfigureAwait(false);
        CheckResult after = again ?? before;
        if (error is not null)
        {
            return Leave(after, error.Message) with { Outcome = RepairOutcome.Failed, Action = done, Error = error };
        }

        if (declined is not null)
        {
            return Declined(after, done, declined);
        }

        return after.Status is CheckStatus.Passed or CheckStatus.Warning
            ? Tell(after) with { Outcome = RepairOutcome.Repaired, Action = done, Left = plan.Left }
            : Leave(after, $"Made again, the check says: {after.Message}") with { Outcome = RepairOutcome.Failed, Action = done };
    }

    private async Task<(CheckResult? Result, RepairScene Scene)> LookAsync(CheckResult found, CancellationToken cancellationToken)
    {
        PairFacts facts = await FactCollector
            .CollectAsync(source, destination, MigrationAddress ?? destination.Name, [], timing, cancellationToken).ConfigureAwait(false);
        CheckSelection only = new(check => string.Equals(check.Id, found.Id, StringComparison.OrdinalIgnoreCase), _ => false);
        Moving moving = new(Live: true);
        Guest? guest = found.Guest is null
            ? null
            : facts.Source.Guests.Value?.FirstOrDefault(there => there.Id is not null && there.Name == found.Guest);
        CheckResult? result = found.Guest is null
            ? CheckRunner.Examine(facts, moving, only).SingleOrDefault()
            : guest is null ? null : CheckRunner.Examine(facts, guest, moving, only).SingleOrDefault();
        return (result, new RepairScene(source.Session!, destination.Session!, facts, guest, timing));
    }

    private static RepairResult Declined(CheckResult result, IReadOnlyList<string> done, RepairStep declined) =>
        Leave(result, $"Not agreed to, on {declined.Host}: {declined}") with { Outcome = RepairOutcome.Declined, Action = done };

    private static RepairResult Leave(CheckResult result, string why) =>
        Tell(result) with { Outcome = RepairOutcome.Left, Left = why, Remediation = result.Remediation };

    private static RepairResult Tell(CheckResult result) => new()
    {
        Id = result.Id,
        Name = result.Name,
        Guest = result.Guest,
        Source = result.Source,
        Destination = result.Destination,
        Status = result.Status,
        Message = result.Message,
    };
}
