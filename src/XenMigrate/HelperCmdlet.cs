namespace XenMigrate;

/// <summary>A cmdlet about the save helpers of hosts.</summary>
public abstract class HelperCmdlet : EachHostCmdlet
{
    private protected abstract Task ProcessHelperAsync(
        MigrationHost host, HelperInstaller installer, CancellationToken cancellationToken);

    private protected override Task ProcessHostAsync(MigrationHost host, CancellationToken cancellationToken) =>
        ProcessHelperAsync(host, HelperInstaller.On(host, HelperPackage.Shipped()), cancellationToken);
}
