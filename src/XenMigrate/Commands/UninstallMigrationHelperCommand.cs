namespace XenMigrate;

/// <summary>Uninstall-MigrationHelper takes every save helper of XenMigrate's away from hosts.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "MigrationHelper", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(void))]
public sealed class UninstallMigrationHelperCommand : EachHostCmdlet
{
    private protected override async Task ProcessHostAsync(HostSession host, CancellationToken cancellationToken)
    {
        HelperInstaller installer = HelperInstaller.On(host, HelperPackage.Shipped());
        if (await ConfirmAsync(host.ComputerName, $"Remove the save helper and {HelperFolder.Usual.Root}").ConfigureAwait(false))
        {
            await installer.UninstallAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
