namespace XenMigrate;

/// <summary>A cmdlet about the save helpers of hosts.</summary>
public abstract class HelperCmdlet : EachHostCmdlet
{
    private protected abstract Task ProcessHelperAsync(
        HostSession host, HelperInstaller installer, CancellationToken cancellationToken);

    private protected override Task ProcessHostAsync(HostSession host, CancellationToken cancellationToken) =>
        ProcessHelperAsync(host, HelperInstaller.On(host, HelperPackage.Shipped()), cancellationToken);
}
