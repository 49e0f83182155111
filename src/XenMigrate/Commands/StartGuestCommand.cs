namespace XenMigrate;

/// <summary>Start-Guest starts a guest from a configuration file that lies on its host.</summary>
[Cmdlet(VerbsLifecycle.Start, "Guest", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Guest))]
public sealed class StartGuestCommand : HostCmdlet
{
    /// <summary>Absolute paths on the host; they are not PowerShell paths.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RemotePathCompleter))]
    public string[] ConfigurationPath { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost ComputerName { get; set; } = null!;

    /// <summary>Leaves the guest paused.</summary>
    [Parameter]
    public SwitchParameter Paused { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        HostSession host = await ResolveAsync(ComputerName, cancellationToken).ConfigureAwait(false);
        foreach (string path in ConfigurationPath)
        {
            try
            {
                if (await ConfirmAsync($"{path} on {host}", "Start guest").ConfigureAwait(false))
                {
                    Guest guest = await new GuestLifecycle(host, Timing.Real) { OtherHosts = OtherHosts(host) }
                        .StartAsync(path, Paused, cancellationToken).ConfigureAwait(false);
                    Post(() => WriteObject(guest with { Session = host.WithoutObserver() }));
                }
            }
            catch (XenMigrateException e)
            {
                PostError(e, path);
            }
        }
    }
}
