using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Guests;
using XenMigrate.Hosts;

namespace XenMigrate.Commands;

/// <summary>Resume-Guest lets paused guests go on.</summary>
[Cmdlet(
    VerbsLifecycle.Resume,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = GuestSet)]
[OutputType(typeof(Guest))]
public sealed class ResumeGuestCommand : GuestCmdlet
{
    /// <summary>Returns the resumed guest.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task ProcessGuestAsync(
        Guest guest, MigrationHost host, CancellationToken cancellationToken)
    {
        if (!await ConfirmAsync($"{guest} on {host}", "Resume guest").ConfigureAwait(false))
        {
            return;
        }

        Guest resumed = await new GuestLifecycle(host, Timing.Real)
            .UnpauseAsync(guest, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            Post(() => WriteObject(resumed));
        }
    }
}
