using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Completion;
using XenMigrate.Hosts;

namespace XenMigrate.Commands;

/// <summary>Get-MigrationHost lists the sessions of this runspace. It asks no host.</summary>
[Cmdlet(VerbsCommon.Get, "MigrationHost")]
[OutputType(typeof(MigrationHost))]
public sealed class GetMigrationHostCommand : HostCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public string[] ComputerName { get; set; } = ["*"];

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        foreach (MigrationHost host in ComputerName.SelectMany(FindSessions).Distinct())
        {
            Post(() => WriteObject(host));
        }

        return Task.CompletedTask;
    }
}
