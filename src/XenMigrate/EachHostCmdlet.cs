namespace XenMigrate;

/// <summary>A cmdlet that does the same to each host named; what fails on one keeps it from no other.</summary>
public abstract class EachHostCmdlet : HostCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[] ComputerName { get; set; } = [];

    private protected abstract Task ProcessHostAsync(HostSession host, CancellationToken cancellationToken);

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        foreach (MigrationHost named in Expand(ComputerName))
        {
            try
            {
                HostSession host = await ResolveAsync(named, cancellationToken).ConfigureAwait(false);
                await ProcessHostAsync(host, cancellationToken).ConfigureAwait(false);
            }
            catch (XenMigrateException e)
            {
                PostError(e, named);
            }
        }
    }
}
