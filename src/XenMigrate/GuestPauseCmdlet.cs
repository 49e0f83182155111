namespace XenMigrate;

/// <summary>A cmdlet that pauses guests or lets them go on, and returns them if that is wanted.</summary>
public abstract class GuestPauseCmdlet : GuestCmdlet
{
    /// <summary>Returns the guest as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, in the words of the question.</summary>
    private protected abstract string Action { get; }

    /// <summary>Does it, and says how the guest is then.</summary>
    private protected abstract Task<Guest> ActAsync(
        GuestLifecycle lifecycle, Guest guest, CancellationToken cancellationToken);

    private protected override async Task ProcessGuestAsync(
        Guest guest, HostSession host, CancellationToken cancellationToken)
    {
        if (!await ConfirmAsync($"{guest} on {host}", Action).ConfigureAwait(false))
        {
            return;
        }

        Guest changed = await ActAsync(new GuestLifecycle(host, Timing.Real) { OtherHosts = OtherHosts(host) }, guest, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            Post(() => WriteObject(changed with { Session = host.WithoutObserver() }));
        }
    }
}
