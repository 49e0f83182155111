namespace XenMigrate;

/// <summary>Get-MigrationHelper tells whether moves from and to hosts can obey limits.</summary>
[Cmdlet(VerbsCommon.Get, "MigrationHelper")]
[OutputType(typeof(MigrationHelper))]
public sealed class GetMigrationHelperCommand : EachHostCmdlet
{
    private protected override async Task ProcessHostAsync(HostSession host, CancellationToken cancellationToken)
    {
        HelperInstaller installer = HelperInstaller.On(host, HelperPackage.Shipped());
        MigrationHelper helper = await installer.LookAsync(cancellationToken).ConfigureAwait(false);
        Post(() => WriteObject(helper));
    }
}
