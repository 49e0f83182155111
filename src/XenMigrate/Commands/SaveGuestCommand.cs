using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Completion;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.SavedGuests;
using XenMigrate.Toolstacks;

namespace XenMigrate.Commands;

/// <summary>Save-Guest writes a guest's memory to a file on its host, which only root can read.</summary>
[Cmdlet(
    VerbsData.Save,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = GuestSet)]
[OutputType(typeof(SavedGuest))]
public sealed class SaveGuestCommand : GuestCmdlet
{
    private readonly HashSet<string> _written = [];

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

    private protected override async Task ProcessGuestAsync(
        Guest guest, MigrationHost host, CancellationToken cancellationToken)
    {
        string path = XenMigrate.RemotePath.Expand(RemotePath, guest.Name, DateTimeOffset.Now);
        if (!_written.Add($"{host.ComputerName}:{path}"))
        {
            throw new RemotePathInvalidException(
                path, $"another guest was saved to it a moment ago on {host}.", "Give a path with {Name} in it, so that each guest has a file of its own.");
        }

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
            Post(() => WriteObject(saved));
        }
    }
}
