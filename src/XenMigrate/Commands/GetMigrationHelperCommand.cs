namespace XenMigrate;

/// <summary>Get-MigrationHelper tells whether moves from and to hosts can obey limits.</summary>
[Cmdlet(VerbsCommon.Get, "MigrationHelper")]
[OutputType(typeof(MigrationHelper))]
public sealed class GetMigrationHelperCommand : HelperCmdlet
{
    private protected override async Task ProcessHelperAsync(
        HostSession host, HelperInstaller installer, CancellationToken cancellationToken)
    {
        MigrationHelper helper = await installer.LookAsync(cancellationToken).ConfigureAwait(false);
        Post(() => WriteObject(helper));
    }
}
