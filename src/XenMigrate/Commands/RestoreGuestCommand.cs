namespace XenMigrate;

/// <summary>Restore-Guest brings a saved guest back to life, unless that would ruin its disks or start it twice.</summary>
[Cmdlet(
    VerbsData.Restore,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = "Path")]
[OutputType(typeof(Guest))]
public sealed class RestoreGuestCommand : HostCmdlet
{
    /// <summary>Paths on the host.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [Alias("FilePath", "CheckpointFile")]
    [Takes(typeof(SavedGuest))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RemotePathCompleter))]
    public string[] RemotePath { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "SavedGuest")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    public SavedGuest SavedGuest { get; set; } = null!;

    /// <summary>The host that has the file; not needed for a SavedGuest, or if just one host is connected.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost? ComputerName { get; set; }

    /// <summary>A configuration file on the host to use in place of the saved one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RemotePathCompleter))]
    public string? ConfigurationPath { get; set; }

    /// <summary>Leaves the guest paused.</summary>
    [Parameter]
    public SwitchParameter Paused { get; set; }

    /// <summary>Deletes the image once the guest is there.</summary>
    [Parameter]
    public SwitchParameter RemoveFile { get; set; }

    /// <summary>Restores although a disk was written after the image.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the guest.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        foreach ((string path, SavedGuest? saved) in SavedGuest is not null
            ? [(SavedGuest.RemotePath, SavedGuest)]
            : RemotePath.Select(path => (path, GivenObjects.Of<SavedGuest>(path))))
        {
            try
            {
                HostSession host = await ResolveAsync(HostOf(saved), cancellationToken).ConfigureAwait(false);
                await RestoreAsync(new GuestRestorer(host, Timing.Real), host, path, cancellationToken).ConfigureAwait(false);
            }
            catch (XenMigrateException e)
            {
                PostError(e, path);
            }
        }
    }

    private MigrationHost HostOf(SavedGuest? saved)
    {
        // An image in the pipeline has a property of that name too, which names the same host without its session.
        if (saved is not null && (ComputerName is null || Is(ComputerName, saved.ComputerName)))
        {
            return saved.Session is HostSession { IsConnected: true } own ? new MigrationHost(own) : new MigrationHost(saved.ComputerName);
        }

        if (ComputerName is not null)
        {
            return ComputerName;
        }

        MigrationHost[] connected = ConnectedHosts();
        return connected.Length == 1
            ? connected[0]
            : throw new PSArgumentException("Several hosts are connected. Name the one that has the file: -ComputerName HOST.");
    }

    private static bool Is(MigrationHost host, string name) =>
        host.State == HostSessionState.NotConnected && string.Equals(host.ComputerName, name, StringComparison.OrdinalIgnoreCase);

    private async Task RestoreAsync(
        GuestRestorer restorer, HostSession host, string path, CancellationToken cancellationToken)
    {
        RestorePlan plan = await restorer.PlanAsync(path, OtherHosts(host), cancellationToken).ConfigureAwait(false);
        if (plan.Stale is not null && !Force)
        {
            throw plan.Stale;
        }

        string guest = plan.Image.Saved.Name;
        if (!await ConfirmAsync($"{guest} on {host}", $"Restore from {path}").ConfigureAwait(false))
        {
            return;
        }

        RestoreOptions options = new() { ConfigurationPath = ConfigurationPath, Paused = Paused, RemoveFile = RemoveFile };
        using PercentProgress progress = new(this, $"Restoring {guest}", path);
        Guest restored = await restorer.RestoreAsync(plan, options, progress, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            Post(() => WriteObject(restored with { Session = host.WithoutObserver() }));
        }
    }
}
