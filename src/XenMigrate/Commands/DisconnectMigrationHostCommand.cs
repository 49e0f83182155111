namespace XenMigrate;

/// <summary>Disconnect-MigrationHost ends sessions. It changes nothing on the hosts.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "MigrationHost")]
[OutputType(typeof(void))]
public sealed class DisconnectMigrationHostCommand : HostCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public MigrationHost[] ComputerName { get; set; } = [];

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        foreach (MigrationHost host in ComputerName)
        {
            if (host.Session is { } own && !own.Equals(Sessions.Find(host.ComputerName)))
            {
                // A session of another runspace, or one that a newer session replaced: not in the table.
                own.Shell.Dispose();
                continue;
            }

            // By name, so that a session that was opened by name can be ended by name too.
            foreach (MigrationHost session in FindSessions(host.ComputerName))
            {
                _ = Sessions.Close(session.ComputerName);
            }
        }

        return Task.CompletedTask;
    }
}
