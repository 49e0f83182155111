namespace XenMigrate;

/// <summary>Disable-Relocation has hosts take no guests from others.</summary>
[Cmdlet(VerbsLifecycle.Disable, "Relocation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RelocationConfiguration))]
public sealed class DisableRelocationCommand : EachHostCmdlet
{
    /// <summary>Restarts xend, which reads its configuration at no other time.</summary>
    [Parameter]
    public SwitchParameter Restart { get; set; }

    /// <summary>Returns the configuration as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Task ProcessHostAsync(HostSession host, CancellationToken cancellationToken) =>
        new RelocationChange(this, Restart, PassThru).RunAsync(
            new RelocationSettings { Server = false },
            host,
            cancellationToken);
}
