namespace XenMigrate;

/// <summary>Enable-Relocation has hosts take guests from others, and from whom.</summary>
[Cmdlet(VerbsLifecycle.Enable, "Relocation", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RelocationConfiguration))]
public sealed class EnableRelocationCommand : EachHostCmdlet
{
    /// <summary>Who may send guests; without it, who may according to the file.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[]? HostsAllow { get; set; }

    /// <summary>Takes -HostsAllow for host names and addresses.</summary>
    [Parameter]
    public SwitchParameter Exact { get; set; }

    /// <summary>Lets everybody send guests, if hosts-allow does.</summary>
    [Parameter]
    public SwitchParameter AllowAnyHost { get; set; }

    [Parameter]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The address to listen on; "" for all.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidatePattern(@"^[0-9A-Za-z.:_-]*\z")]
    public string? Address { get; set; }

    /// <summary>Restarts xend, which reads its configuration at no other time.</summary>
    [Parameter]
    public SwitchParameter Restart { get; set; }

    /// <summary>Returns the configuration as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Task ProcessHostAsync(HostSession host, CancellationToken cancellationToken) =>
        new RelocationChange(this, Restart, PassThru).RunAsync(
            new RelocationSettings
            {
                Server = true,
                Port = Port,
                Address = Address,
                HostsAllow = RelocationChange.Value(HostsAllow, Exact),
                AllowAnyHost = AllowAnyHost,
            },
            host,
            cancellationToken);
}
