namespace XenMigrate.Embedded.Pair;

/// <summary>Opens sessions on the hosts of a pair.</summary>
internal sealed class EmbeddedConnector(EmbeddedPair pair) : IHostConnector
{
    public Task<IHostShell> ConnectAsync(HostConnection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(pair.Shell(connection.ComputerName));
    }
}
