namespace XenMigrate;

/// <summary>Resume-Guest lets paused guests go on.</summary>
[Cmdlet(
    VerbsLifecycle.Resume,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(Guest))]
public sealed class ResumeGuestCommand : GuestCmdlet
{
    /// <summary>Returns the guest as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task ProcessGuestAsync(Guest guest, HostSession host, CancellationToken cancellationToken)
    {
        if (!await ConfirmAsync($"{guest} on {host}", "Let the paused guest go on").ConfigureAwait(false))
        {
            return;
        }

        GuestLifecycle lifecycle = new(host, Timing.Real) { OtherHosts = OtherHosts(host) };
        Guest changed = await lifecycle.UnpauseAsync(guest, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            Post(() => WriteObject(changed with { Session = host.WithoutObserver() }));
        }
    }
}
