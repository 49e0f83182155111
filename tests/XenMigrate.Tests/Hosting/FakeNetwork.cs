namespace XenMigrate.Tests.Hosting;

/// <summary>Connects to those hosts that it was given, and to no other.</summary>
internal sealed class FakeNetwork(params FakeHost[] hosts) : IHostConnector
{
    private readonly Dictionary<string, FakeHost> _hosts =
        hosts.ToDictionary(host => host.Endpoint.ComputerName, StringComparer.OrdinalIgnoreCase);

    public ConcurrentQueue<HostConnection> Connections { get; } = [];

    public async Task<IHostShell> ConnectAsync(HostConnection connection, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Connections.Enqueue(connection);
        return _hosts.TryGetValue(connection.ComputerName, out FakeHost? host)
            ? host.Open()
            : throw new HostUnreachableException(connection.ComputerName, "no route");
    }
}
