namespace XenMigrate.Repair;

/// <summary>Replaces the keys that the source has of the destination, if the destination's own files have the new ones.</summary>
internal sealed class ChangedHostKeyRepair : CheckRepair
{
    public override Mendable Mends => Mendable.ChangedHostKey;

    public override async Task<RepairPlan> PlanAsync(RepairScene scene, CancellationToken cancellationToken)
    {
        (DestinationKeys? keys, string? problem) = await DestinationKeys.FindAsync(scene, cancellationToken).ConfigureAwait(false);
        if (keys is null)
        {
            return RepairPlan.Leave(problem!);
        }

        IHostShell source = scene.Source.Shell;
        SshSettings settings = keys.Settings;
        CommandResult found = await source
            .RunAsync(new RemoteCommand("ssh-keygen", "-F", settings.KnownName, "-f", settings.KnownHostsPath), cancellationToken)
            .ConfigureAwait(false);
        PublicKey[] old = [.. KnownHostsEntry.ParseAll(found.Output).Select(line => line.Key).Distinct()];
        if (old.Length == 0)
        {
            return RepairPlan.Leave(
                $"The old key of {settings.KnownName} is not in {settings.KnownHostsPath} on {scene.Source}, and other files are not touched.");
        }

        string known = string.Join(", ", old.Select(key => key.ToString()));
        RemoteCommand remove = new("ssh-keygen", "-R", settings.KnownName, "-f", settings.KnownHostsPath);
        RepairStep forget = new(
            scene.Source.ComputerName,
            $"Remove the old host keys of {settings.KnownName} from {settings.KnownHostsPath}: {known}",
            async token =>
            {
                _ = await source.ReadAsync(remove, token).ConfigureAwait(false);
                return $"the old file is {settings.KnownHostsPath}.old";
            })
        {
            Commands = [remove.ToString()],
            Question = $"{scene.Source} knows {scene.Destination} by {known}. It shows {keys.Fingerprints} now, and its own files have these too. "
                + "If you do not know why they changed, say no. Replace them?",
        };
        return new RepairPlan([forget, UnknownHostKeyRepair.Add(scene, keys)]);
    }
}
