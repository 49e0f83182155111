namespace XenMigrate;

/// <summary>Repair-MigrationEnvironment mends what checks found, as far as that is safe, and tells what it left.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "MigrationEnvironment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RepairResult))]
public sealed class RepairMigrationEnvironmentCommand : HostCmdlet
{
    private readonly Dictionary<string, HostEnd> _ends = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What Test-MigrationEnvironment found. Only what failed or stayed open is looked at.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VariableCompleter))]
    public CheckResult[] CheckResult { get; set; } = [];

    /// <summary>The destination's name or address as the source knows it, if not by the name given: what was tested with it is mended with it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string? MigrationAddress { get; set; }

    /// <summary>Answers yes to what -Confirm:$false does not mean: that a host key which changed may be replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        foreach (CheckResult found in CheckResult)
        {
            if (found.Status is not (CheckStatus.Failed or CheckStatus.Unknown))
            {
                continue;
            }

            try
            {
                EnvironmentRepairer repairer = new(
                    await EndAsync(found.Source, cancellationToken).ConfigureAwait(false),
                    await EndAsync(found.Destination, cancellationToken).ConfigureAwait(false),
                    Timing.Real)
                {
                    MigrationAddress = MigrationAddress,
                };
                if (await repairer.RepairAsync(found, AskAsync, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    Tell(result, found);
                }
            }
            catch (XenMigrateException e)
            {
                PostError(e, found);
            }
        }
    }

    private void Tell(RepairResult result, CheckResult found)
    {
        if (result.Error is { } error)
        {
            PostError(error, found);
        }

        Post(() => WriteObject(result));
    }

    private async Task<RepairConsent> AskAsync(RepairStep step)
    {
        RepairConsent consent = await ConsentAsync($"{step.Host}: {step}", "Repair the environment of moves", Force).ConfigureAwait(false);
        return consent != RepairConsent.Given || step.Question is null || Force || await ConsentAsync(step.Question).ConfigureAwait(false)
            ? consent
            : RepairConsent.Declined;
    }

    /// <summary>Where nobody can be asked, nobody has agreed.</summary>
    private Task<bool> ConsentAsync(string question) =>
        AskAsync(() => Interactivity.Ask(Host, () => ShouldContinue(question, "A host key changed")) ?? false);

    private async Task<HostEnd> EndAsync(string name, CancellationToken cancellationToken)
    {
        if (!_ends.TryGetValue(name, out HostEnd? end))
        {
            try
            {
                end = await ResolveAsync(new MigrationHost(name), cancellationToken).ConfigureAwait(false);
            }
            catch (XenMigrateException e)
            {
                end = new HostEnd(name, null, $"{e.Message} {e.Advice}");
            }

            _ends.Add(name, end);
        }

        return end;
    }
}
