namespace XenMigrate;

/// <summary>Suspend-Guest pauses guests: they keep their memory and get no CPU.</summary>
[Cmdlet(
    VerbsLifecycle.Suspend,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(Guest))]
public sealed class SuspendGuestCommand : GuestPauseCmdlet
{
    private protected override string Action => "Pause guest";

    private protected override Task<Guest> ActAsync(
        GuestLifecycle lifecycle, Guest guest, CancellationToken cancellationToken) =>
        lifecycle.PauseAsync(guest, cancellationToken);
}
