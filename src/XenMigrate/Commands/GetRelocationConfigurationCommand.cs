namespace XenMigrate;

/// <summary>Get-RelocationConfiguration says how hosts take guests from others, and what is risky about it.</summary>
[Cmdlet(VerbsCommon.Get, "RelocationConfiguration")]
[OutputType(typeof(RelocationConfiguration))]
public sealed class GetRelocationConfigurationCommand : HostCmdlet
{
    /// <summary>The hosts; every connected one if none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[]? ComputerName { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        foreach (MigrationHost host in Expand(ComputerName ?? ConnectedHosts()))
        {
            try
            {
                HostSession session = await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
                RelocationConfiguration configuration = await new RelocationConfigurator(session, Timing.Real)
                    .ReadAsync(cancellationToken).ConfigureAwait(false);
                Post(() => WriteObject(configuration));
            }
            catch (XenMigrateException e)
            {
                PostError(e, host);
            }
        }
    }
}
