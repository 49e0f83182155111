namespace XenMigrate;

/// <summary>Stop-Guest asks guests to shut down and waits until they have, or pulls their plug.</summary>
[Cmdlet(
    VerbsLifecycle.Stop,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(void))]
public sealed class StopGuestCommand : GuestCmdlet
{
    /// <summary>Ends the guest at once, as pulling its plug would.</summary>
    [Parameter]
    public SwitchParameter TurnOff { get; set; }

    /// <summary>Asks nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How long to wait for the guest to shut down.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    private protected override async Task ProcessGuestAsync(
        Guest guest, HostSession host, CancellationToken cancellationToken)
    {
        if (!await ConfirmAsync($"{guest} on {host}", TurnOff ? "Turn the guest off, as pulling its plug would" : $"Ask the guest to shut down, and wait up to {Figures.Time(Timeout)}", Force).ConfigureAwait(false))
        {
            return;
        }

        GuestLifecycle lifecycle = new(host, Timing.Real);
        await (TurnOff
            ? lifecycle.DestroyAsync(guest, cancellationToken)
            : lifecycle.ShutDownAsync(guest, Timeout, cancellationToken)).ConfigureAwait(false);
    }
}
