namespace XenMigrate;

/// <summary>Install-MigrationHelper puts the module's save helper on hosts, so that live moves obey limits there.</summary>
[Cmdlet(VerbsLifecycle.Install, "MigrationHelper", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MigrationHelper))]
public sealed class InstallMigrationHelperCommand : EachHostCmdlet
{
    private protected override async Task ProcessHostAsync(HostSession host, CancellationToken cancellationToken)
    {
        HelperInstaller installer = HelperInstaller.On(host, HelperPackage.Shipped());
        MigrationHelper helper = await installer.LookAsync(cancellationToken).ConfigureAwait(false);
        if (helper.State != MigrationHelperState.Ready)
        {
            if (!await ConfirmAsync(host.ComputerName, $"Install the save helper in {HelperFolder.Usual.Root}").ConfigureAwait(false))
            {
                return;
            }

            helper = await installer.InstallAsync(cancellationToken).ConfigureAwait(false);
        }

        Post(() => WriteObject(helper));
        if (helper.State != MigrationHelperState.Ready)
        {
            Post(() => WriteWarning($"{host}: the save helper is installed, but no move will use it: {helper.Why}."));
        }
    }
}
