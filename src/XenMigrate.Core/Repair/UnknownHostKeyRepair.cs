namespace XenMigrate.Repair;

/// <summary>Adds the destination's host keys to the source's known_hosts, as the destination's own files have them.</summary>
internal sealed class UnknownHostKeyRepair : CheckRepair
{
    public override Mendable Mends => Mendable.UnknownHostKey;

    public override async Task<RepairPlan> PlanAsync(RepairScene scene, CancellationToken cancellationToken)
    {
        (DestinationKeys? keys, string? problem) = await DestinationKeys.FindAsync(scene, cancellationToken).ConfigureAwait(false);
        return keys is null ? RepairPlan.Leave(problem!) : new RepairPlan([Add(scene, keys)]);
    }

    /// <summary>The step that adds them.</summary>
    public static RepairStep Add(RepairScene scene, DestinationKeys keys)
    {
        RemoteCommand command = AppendedLines.Command(keys.Settings.KnownHostsPath, keys.Lines.Select(line => line.ToString()));
        return new RepairStep(
            scene.Source.ComputerName,
            $"Add the host keys of {scene.Facts.MigrationAddress} to {keys.Settings.KnownHostsPath}: {keys.Fingerprints}, "
                + $"which are those in {scene.Destination}'s own /etc/ssh",
            async token =>
            {
                _ = await scene.Source.Shell.ReadAsync(command, token).ConfigureAwait(false);
                return null;
            });
    }
}
