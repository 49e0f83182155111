namespace XenMigrate.Repair;

/// <summary>
/// The keys that the destination shows the source, each of them found in the destination's own files over the session
/// whose key we have verified ourselves: nothing is trusted because it was seen.
/// </summary>
/// <param name="Settings">How the source's ssh goes there.</param>
/// <param name="Lines">What belongs into the source's known_hosts.</param>
internal sealed record DestinationKeys(SshSettings Settings, IReadOnlyList<KnownHostsEntry> Lines)
{
    // A host under load is slow to answer, and each type of key is a connection of its own.
    private const string ScanSeconds = "15";

    private static readonly RemoteCommand s_own = RemoteCommand.Script("cat /etc/ssh/ssh_host_*_key.pub");

    public string Fingerprints => string.Join(", ", Lines.Select(line => line.Key.ToString()));

    /// <summary>The keys, or why they can't be trusted.</summary>
    public static async Task<(DestinationKeys? Keys, string? Problem)> FindAsync(RepairScene scene, CancellationToken cancellationToken)
    {
        string address = scene.Facts.MigrationAddress;
        if (!XlMigrate.IsAddress(address))
        {
            return (null, $"'{address}' is no address that ssh would take.");
        }

        IHostShell source = scene.Source.Shell;
        SshSettings settings = await SshSettings.Question(address).AskAsync(source, cancellationToken).ConfigureAwait(false);
        bool hashed = settings.HostKeyAlias is null && await HashesAsync(source, settings, cancellationToken).ConfigureAwait(false);
        CommandResult scan = await source.RunAsync(Scan(settings, hashed), cancellationToken).ConfigureAwait(false);
        CommandResult files = await scene.Destination.Shell.RunAsync(s_own, cancellationToken).ConfigureAwait(false);
        return Compare(scene, settings, KnownHostsEntry.ParseAll(scan.Output), PublicKey.ParseAll(files.Output), scan.Error);
    }

    private static (DestinationKeys? Keys, string? Problem) Compare(
        RepairScene scene,
        SshSettings settings,
        IReadOnlyList<KnownHostsEntry> shown,
        IReadOnlyList<PublicKey> own,
        string error)
    {
        if (shown.Count == 0)
        {
            return (null, $"ssh-keyscan on {scene.Source} was shown no key by {settings.HostName}, port {settings.Port}: {Last(error)}");
        }

        if (own.Count == 0)
        {
            return (null, $"{scene.Destination} has no readable key in /etc/ssh/ssh_host_*_key.pub to compare with.");
        }

        KnownHostsEntry[] strange = [.. shown.Where(line => !own.Contains(line.Key))];
        return strange.Length > 0
            ? (null, $"{scene.Source} is shown keys that {scene.Destination} does not have ({string.Join(", ", strange.Select(line => line.Key))}): "
                + $"{settings.HostName} is another machine to it, or somebody stands in between. Nothing is trusted.")
            // The name is ours to choose, but for a hashed one.
            : (new DestinationKeys(settings, [.. shown.Select(line => line.IsHashed ? line : line with { Name = settings.KnownName }).Distinct()]), null);
    }

    private static RemoteCommand Scan(SshSettings settings, bool hashed)
    {
        string port = settings.Port.ToString(CultureInfo.InvariantCulture);
        return hashed
            ? new RemoteCommand("ssh-keyscan", "-H", "-T", ScanSeconds, "-p", port, settings.HostName)
            : new RemoteCommand("ssh-keyscan", "-T", ScanSeconds, "-p", port, settings.HostName);
    }

    /// <summary>Whether names are hashed there: by ssh's settings, or as is seen in the file.</summary>
    private static async Task<bool> HashesAsync(IHostShell source, SshSettings settings, CancellationToken cancellationToken) =>
        settings.HashesNames
        || (await source.RunAsync(new RemoteCommand("grep", "-q", "^|1|", settings.KnownHostsPath), cancellationToken)
            .ConfigureAwait(false)).Succeeded;

    private static string Last(string error) =>
        error.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it said nothing";
}
