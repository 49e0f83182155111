namespace XenMigrate.Ssh;

/// <summary>Connects to a target, hop by hop, as often as it is asked to.</summary>
internal sealed class SshDialer
{
    private readonly HostConnection _connection;
    private readonly SshTimes _times;
    private readonly List<(SshTarget Target, SshAuthentication Authentication)> _route = [];

    public SshDialer(SshTarget target, HostConnection connection, SshTimes times)
    {
        _connection = connection;
        _times = times;
        Target = target;
        for (SshTarget? hop = target; hop is not null; hop = hop.Jump)
        {
            _route.Insert(0, (hop, SshAuthentication.Load(hop, connection, isJump: hop != target)));
        }
    }

    public SshTarget Target { get; }

    /// <summary>Makes a new connection.</summary>
    /// <param name="fingerprint">The host key that the session began with, or null at its beginning.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<SshSession> DialAsync(string? fingerprint, CancellationToken cancellationToken) => DialAsync(
        fingerprint,
        information => new SshClient(information),
        (route, client, shown) => new SshSession([.. route, client], shown, _times),
        cancellationToken);

    /// <summary>Makes a new connection for files, to the host that showed this key.</summary>
    public Task<SshFiles> DialForFilesAsync(string? fingerprint, CancellationToken cancellationToken) => DialAsync(
        fingerprint,
        information => new SftpClient(information),
        (route, client, _) => new SshFiles(route, client),
        cancellationToken);

    private async Task<TResult> DialAsync<TClient, TResult>(
        string? fingerprint,
        Func<ConnectionInfo, TClient> make,
        Func<IReadOnlyList<SshClient>, TClient, string, TResult> connected,
        CancellationToken cancellationToken)
        where TClient : BaseClient
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(_connection.ConnectTimeout);

        List<SshClient> clients = [];
        try
        {
            foreach ((SshTarget target, SshAuthentication authentication) in _route.GetRange(0, _route.Count - 1))
            {
                SshConnecting hop = new(target, authentication, _connection, expectedFingerprint: null);
                clients.Add(await hop.RunAsync(clients.LastOrDefault(), timer.Token).ConfigureAwait(false));
            }

            SshConnecting connecting = new(Target, _route[_route.Count - 1].Authentication, _connection, fingerprint);
            TClient client = await connecting.RunAsync(clients.LastOrDefault(), make, timer.Token).ConfigureAwait(false);
            TResult result = connected(clients, client, connecting.Fingerprint);
            clients = [];
            return result;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HostUnreachableException(
                Target.Name, $"no connection within {_connection.ConnectTimeout.TotalSeconds:0.#} s.", e);
        }
        finally
        {
            for (int i = clients.Count - 1; i >= 0; i--)
            {
                clients[i].Dispose();
            }
        }
    }
}
