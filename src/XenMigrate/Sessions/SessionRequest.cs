namespace XenMigrate.Sessions;

/// <summary>A connection to open, and the toolstack to drive there; null takes the one that is found.</summary>
internal sealed record SessionRequest(HostConnection Connection, ToolstackKind? Toolstack)
{
    /// <summary>Connects, and finds out what the host is.</summary>
    public async Task<HostSession> OpenAsync(
        IHostConnector connector, Action<CommandExecution>? observe, CancellationToken cancellationToken)
    {
        IHostShell shell = await connector.ConnectAsync(Connection, cancellationToken).ConfigureAwait(false);
        bool kept = false;

        try
        {
            IHostShell observed = observe is null ? shell : new ObservedHostShell(shell, observe);
            HostSession host = await ToolstackDetection
                .ConnectAsync(observed, Toolstack, () => DateTimeOffset.UtcNow, cancellationToken)
                .ConfigureAwait(false);
            kept = true;

            // The session outlives the cmdlet that observes its opening.
            return host.Via(_ => shell);
        }
        finally
        {
            if (!kept)
            {
                shell.Dispose();
            }
        }
    }
}
