namespace XenMigrate;

/// <summary>Disable-Relocation has hosts take no guests from others.</summary>
[Cmdlet(VerbsLifecycle.Disable, "Relocation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RelocationConfiguration))]
public sealed class DisableRelocationCommand : RelocationChangeCmdlet
{
    private protected override RelocationSettings Wanted { get; } = new() { Server = false };
}
