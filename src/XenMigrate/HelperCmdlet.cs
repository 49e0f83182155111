using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Completion;
using XenMigrate.Hosts;
using XenMigrate.SaveHelpers;

namespace XenMigrate;

/// <summary>A cmdlet about the save helpers of hosts.</summary>
public abstract class HelperCmdlet : HostCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[] ComputerName { get; set; } = [];

    private protected abstract Task ProcessHostAsync(
        MigrationHost host, HelperInstaller installer, CancellationToken cancellationToken);

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        HelperPackage package = HelperPackage.Shipped();
        foreach (MigrationHost named in ComputerName)
        {
            try
            {
                MigrationHost host = await ResolveAsync(named, cancellationToken).ConfigureAwait(false);
                await ProcessHostAsync(host, HelperInstaller.On(host, package), cancellationToken).ConfigureAwait(false);
            }
            catch (XenMigrateException e)
            {
                PostError(e, named);
            }
        }
    }
}
