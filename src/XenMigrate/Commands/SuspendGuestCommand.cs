namespace XenMigrate;

/// <summary>Suspend-Guest pauses guests: they keep their memory and get no CPU.</summary>
[Cmdlet(
    VerbsLifecycle.Suspend,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(Guest))]
public sealed class SuspendGuestCommand : GuestCmdlet
{
    /// <summary>Returns the guest as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task ProcessGuestAsync(Guest guest, HostSession host, CancellationToken cancellationToken)
    {
        if (!await ConfirmAsync($"{guest} on {host}", "Pause the guest, until Resume-Guest lets it go on").ConfigureAwait(false))
        {
            return;
        }

        GuestLifecycle lifecycle = new(host, Timing.Real) { OtherHosts = OtherHosts(host) };
        Guest changed = await lifecycle.PauseAsync(guest, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            Post(() => WriteObject(changed with { Session = host.WithoutObserver() }));
        }
    }
}
