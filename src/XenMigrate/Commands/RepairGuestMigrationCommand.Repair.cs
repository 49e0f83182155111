namespace XenMigrate;

/// <content>One repair, and what is asked before its steps.</content>
public sealed partial class RepairGuestMigrationCommand
{
    private async Task<MigrationRepair?> RepairAsync(MoveTrace trace, CancellationToken cancellationToken)
    {
        Task<HostEnd> source = EndAsync(ComputerName ?? new MigrationHost(trace.Source), cancellationToken);
        Task<HostEnd> destination = EndAsync(Destination ?? new MigrationHost(trace.Destination), cancellationToken);
        MoveRepairer repairer = new(trace, await source.ConfigureAwait(false), await destination.ConfigureAwait(false), Timing.Real)
        {
            Tell = text => Post(() => WriteVerbose($"{trace.Name}: {text}")),
            MayClose = !await AskAsync(() => Preference.IsWhatIf(this)).ConfigureAwait(false),
            AllHosts = [.. Sessions.All],
            Patience = Timeout ?? MoveRepairer.UsualPatience,
        };
        return await repairer.RepairAsync(AskAsync, cancellationToken).ConfigureAwait(false);
    }

    private void Tell(MigrationRepair repair, object target)
    {
        if (repair.Error is { } error)
        {
            PostError(error, target);
        }

        Post(() => WriteObject(repair));
    }

    private Task<RepairConsent> AskAsync(CopyStep step) =>
        ConsentAsync($"{step.Host}: {step} ({step.Command})", "Settle a move that was left half done");
}
