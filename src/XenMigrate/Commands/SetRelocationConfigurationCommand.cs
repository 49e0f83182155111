namespace XenMigrate;

/// <summary>Set-RelocationConfiguration changes how hosts take guests from others; what is not given stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "RelocationConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RelocationConfiguration))]
public sealed class SetRelocationConfigurationCommand : EachHostCmdlet
{
    /// <summary>Whether xend takes guests.</summary>
    [Parameter]
    public bool? Server { get; set; }

    [Parameter]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The address to listen on; "" for all.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidatePattern(@"^[0-9A-Za-z.:_-]*\z")]
    public string? Address { get; set; }

    /// <summary>Who may send guests: regular expressions, matched at the beginning of a name or address.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[]? HostsAllow { get; set; }

    /// <summary>Takes -HostsAllow for host names and addresses.</summary>
    [Parameter]
    public SwitchParameter Exact { get; set; }

    /// <summary>Lets the server be open to everybody.</summary>
    [Parameter]
    public SwitchParameter AllowAnyHost { get; set; }

    /// <summary>Whether xend takes guests over TLS.</summary>
    [Parameter]
    public bool? SslServer { get; set; }

    [Parameter]
    [ValidateRange(1, 65535)]
    public int? SslPort { get; set; }

    /// <summary>Whether xm migrate uses TLS if it is not told.</summary>
    [Parameter]
    public bool? Ssl { get; set; }

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
                Server = Server,
                Port = Port,
                Address = Address,
                HostsAllow = RelocationChange.Value(HostsAllow, Exact),
                AllowAnyHost = AllowAnyHost,
                SslServer = SslServer,
                SslPort = SslPort,
                Ssl = Ssl,
            },
            host,
            cancellationToken);
}
