namespace XenMigrate;

/// <summary>Save-Guest writes a guest's memory to a file on its host, which only root can read.</summary>
[Cmdlet(
    VerbsData.Save,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(SavedGuest))]
public sealed class SaveGuestCommand : GuestCmdlet
{
    private readonly List<GuestOnHost> _guests = [];
    private readonly DateTimeOffset _now = DateTimeOffset.Now;

    /// <summary>A path on the host; {Name} and {Date} in it are replaced.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("FilePath", "CheckpointFile")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RemotePathCompleter))]
    public string RemotePath { get; set; } = "";

    /// <summary>Lets the guest go on; the image is worthless once the guest wrote to its disks.</summary>
    [Parameter]
    public SwitchParameter KeepRunning { get; set; }

    /// <summary>Leaves the guest there, paused.</summary>
    [Parameter]
    public SwitchParameter KeepPaused { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not look whether the image is whole.</summary>
    [Parameter]
    public SwitchParameter SkipVerify { get; set; }

    /// <summary>Returns the image.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override Task BeginProcessingAsync(CancellationToken cancellationToken) => KeepRunning && KeepPaused
        ? throw new PSArgumentException("Give -KeepRunning or -KeepPaused, not both.")
        : Task.CompletedTask;

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken) =>
        _guests.AddRange(await FindGuestsAsync(cancellationToken).ConfigureAwait(false));

    // Not before all have come: two guests can't have one file, and none is to stop for nothing.
    protected override Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        GuestOnHost[] guests = [.. _guests.GroupBy(found => (found.Host.ComputerName, found.Guest.Name, found.Guest.Id)).Select(same => same.First())];
        return guests.GroupBy(found => (found.Host.ComputerName, Path: PathOf(found.Guest))).FirstOrDefault(file => file.Count() > 1) is { } shared
            ? throw new TerminatingErrorException(new RemotePathInvalidException(
                shared.Key.Path,
                $"{string.Join(", ", shared.Select(found => found.Guest.Name))} of {shared.Key.ComputerName} would have to share this file.",
                "Give a path with {Name} in it, so that each guest has a file of its own."))
            : ProcessAllAsync(guests, cancellationToken);
    }

    private protected override async Task ProcessGuestAsync(
        Guest guest, HostSession host, CancellationToken cancellationToken)
    {
        string path = PathOf(guest);
        if (!await ConfirmAsync($"{guest} on {host}", $"Save to {path}").ConfigureAwait(false))
        {
            return;
        }

        SaveOptions options = new()
        {
            Mode = KeepRunning ? SaveMode.KeepRunning : KeepPaused ? SaveMode.KeepPaused : SaveMode.Destroy,
            Overwrite = Force,
            SkipVerify = SkipVerify,
        };
        using PercentProgress progress = new(this, $"Saving {guest}", path);
        SavedGuest saved = await new GuestSaver(host, Timing.Real)
            .SaveAsync(guest, path, options, progress, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            Post(() => WriteObject(saved with { Session = host.WithoutObserver() }));
        }
    }

    private string PathOf(Guest guest) => XenMigrate.Remote.RemotePath.Expand(RemotePath, guest.Name, _now);
}
