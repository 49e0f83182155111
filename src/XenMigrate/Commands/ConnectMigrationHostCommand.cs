namespace XenMigrate;

/// <summary>Connect-MigrationHost opens sessions to Xen hosts.</summary>
[Cmdlet(VerbsCommunications.Connect, "MigrationHost", DefaultParameterSetName = SshSet)]
[OutputType(typeof(MigrationHost))]
public sealed class ConnectMigrationHostCommand : HostCmdlet
{
    private const string SshSet = "Ssh";
    private const string EmbeddedSet = "Embedded";

    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = SshSet)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[] ComputerName { get; set; } = [];

    [Parameter(ParameterSetName = SshSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    [Parameter(ParameterSetName = SshSet)]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    [Parameter(ParameterSetName = SshSet)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    [Parameter(ParameterSetName = SshSet)]
    [Alias("IdentityFile")]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>[user@]host[:port] to go through.</summary>
    [Parameter(ParameterSetName = SshSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string? JumpHost { get; set; }

    /// <summary>Records an unknown host key. A changed key is an error all the same.</summary>
    [Parameter(ParameterSetName = SshSet)]
    public SwitchParameter AcceptHostKey { get; set; }

    [Parameter(ParameterSetName = SshSet)]
    public ToolstackKind? Toolstack { get; set; }

    /// <summary>An ssh configuration file to read in place of ~/.ssh/config.</summary>
    [Parameter(ParameterSetName = SshSet)]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationPath { get; set; }

    /// <summary>Seconds to wait for each host.</summary>
    [Parameter(ParameterSetName = SshSet)]
    [ValidateRange(1, 3600)]
    public int ConnectTimeout { get; set; } = 15;

    /// <summary>The two hosts that live in this process, in place of real ones.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmbeddedSet)]
    public SwitchParameter Embedded { get; set; }

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken) => Embedded
        ? ConnectEmbeddedAsync(cancellationToken)
        : Task.WhenAll(ComputerName
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => ConnectAsync(name, cancellationToken)));

    private async Task ConnectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            if (name.IndexOfAny(['*', '?']) >= 0)
            {
                throw HostNotConnectedException.NoHost(name);
            }

            SessionRequest request = new(await DescribeAsync(name).ConfigureAwait(false), Toolstack);
            HostSession host =
                await Sessions.ReplaceAsync(request, Observer, cancellationToken).ConfigureAwait(false);
            Post(() => WriteObject(new MigrationHost(host)));
        }
        catch (XenMigrateException e)
        {
            PostError(e, name);
        }
    }

    private async Task ConnectEmbeddedAsync(CancellationToken cancellationToken)
    {
        foreach (HostSession host in
            await Sessions.OpenEmbeddedAsync(Observer, cancellationToken).ConfigureAwait(false))
        {
            Post(() => WriteObject(new MigrationHost(host)));
        }
    }

    private async Task<HostConnection> DescribeAsync(string name) => new(name)
    {
        Port = Port,
        Credential = Credential == PSCredential.Empty ? null : Credential.GetNetworkCredential(),
        UserName = UserName,
        // PowerShell's current location is not the process's.
        KeyFilePath = await LocalPathAsync(KeyFilePath).ConfigureAwait(false),
        JumpHost = JumpHost,
        AcceptHostKey = AcceptHostKey,
        ConfigurationPath = await LocalPathAsync(ConfigurationPath).ConfigureAwait(false),
        ConnectTimeout = TimeSpan.FromSeconds(ConnectTimeout),
    };

    private async Task<string?> LocalPathAsync(string? path) =>
        path is null ? null : await AskAsync(() => GetUnresolvedProviderPathFromPSPath(path)).ConfigureAwait(false);
}
