using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Guests;
using XenMigrate.Hosts;

namespace XenMigrate.Commands;

/// <summary>Suspend-Guest pauses guests: they keep their memory and get no CPU.</summary>
[Cmdlet(
    VerbsLifecycle.Suspend,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = GuestSet)]
[OutputType(typeof(Guest))]
public sealed class SuspendGuestCommand : GuestCmdlet
{
    /// <summary>Returns the paused guest.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task ProcessGuestAsync(
        Guest guest, MigrationHost host, CancellationToken cancellationToken)
    {
        if (!await ConfirmAsync($"{guest} on {host}", "Pause guest").ConfigureAwait(false))
        {
            return;
        }

        Guest paused = await new GuestLifecycle(host, Timing.Real)
            .PauseAsync(guest, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            Post(() => WriteObject(paused));
        }
    }
}
