namespace XenMigrate;

/// <summary>Resume-Guest lets paused guests go on.</summary>
[Cmdlet(
    VerbsLifecycle.Resume,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(Guest))]
public sealed class ResumeGuestCommand : GuestPauseCmdlet
{
    private protected override string Action => "Resume guest";

    private protected override Task<Guest> ActAsync(
        GuestLifecycle lifecycle, Guest guest, CancellationToken cancellationToken) =>
        lifecycle.UnpauseAsync(guest, cancellationToken);
}
