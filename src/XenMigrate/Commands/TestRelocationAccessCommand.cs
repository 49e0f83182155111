namespace XenMigrate;

/// <summary>Test-RelocationAccess says which hosts may send guests to which, and by which pattern.</summary>
[Cmdlet(VerbsDiagnostic.Test, "RelocationAccess", DefaultParameterSetName = "Host")]
[OutputType(typeof(RelocationAccess))]
public sealed class TestRelocationAccessCommand : HostCmdlet
{
    private readonly List<RelocationConfiguration> _configurations = [];

    /// <summary>The hosts that would send guests, by name or address.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Source", "Peer")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The hosts that would take them; every connected one if none is given.</summary>
    [Parameter(Position = 1, ParameterSetName = "Host")]
    [Alias("Destination", "MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[]? ComputerName { get; set; }

    /// <summary>Patterns to try, as they would stand in hosts-allow; no host is asked.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Pattern")]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[]? HostsAllow { get; set; }

    protected override async Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        foreach (MigrationHost host in HostsAllow is null ? Expand(ComputerName ?? ConnectedHosts()) : [])
        {
            try
            {
                HostSession session = await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
                _configurations.Add(await new RelocationConfigurator(session, Timing.Real)
                    .ReadAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (XenMigrateException e)
            {
                PostError(e, host);
            }
        }
    }

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        foreach (string name in Name)
        {
            if (HostsAllow is not null)
            {
                Post(() => WriteObject(new RelocationAccess(name, null, new HostsAllow(RelocationPattern.Join(HostsAllow)), server: true)));
            }

            foreach (RelocationConfiguration configuration in _configurations)
            {
                Post(() => WriteObject(
                    new RelocationAccess(name, configuration.ComputerName, configuration.Allow, configuration.Server || configuration.SslServer)));
            }
        }

        return Task.CompletedTask;
    }
}
