namespace XenMigrate.Ssh;

/// <summary>One attempt to connect to one host, perhaps through another.</summary>
internal sealed class SshConnecting(
    SshTarget target, SshAuthentication authentication, HostConnection connection, string? expectedFingerprint)
{
    private readonly HostKeyCheck _check =
        new(
            target,
            KnownHostsFiles.Read(target),
            RevokedHostKeys.Read(target),
            connection.AcceptHostKey || target.AcceptsNewHostKeys,
            expectedFingerprint);

    private JumpRoute? _route;

    /// <summary>The fingerprint of the key that the host showed.</summary>
    public string Fingerprint => _check.Key?.Fingerprint ?? "";

    public Task<SshClient> RunAsync(SshClient? through, CancellationToken cancellationToken) =>
        RunAsync(through, information => new SshClient(information), cancellationToken);

    /// <summary>Connects for what a client of SSH.NET's is for: commands, or files.</summary>
    public async Task<T> RunAsync<T>(SshClient? through, Func<ConnectionInfo, T> make, CancellationToken cancellationToken)
        where T : BaseClient
    {
        T client = await SshErrors.TranslateAsync(
            () => Task.FromResult(Create(through, make)), Translate).ConfigureAwait(false);
        Task<bool> connecting = ConnectAsync(client, cancellationToken);
        try
        {
            await connecting.OrCancelled(cancellationToken).ConfigureAwait(false);

            // After the connection stands: only then has the host proved that the key is its own.
            if (_check.IsNew && _check.Key is HostKey key)
            {
                KnownHostsFiles.Record(target, key);
            }

            T connected = client;
            client = null!;
            return connected;
        }
        finally
        {
            _route?.Dispose();

            // SSH.NET's key exchange does not listen to tokens, and disposing does not reach it: it is left to its own
            // timeout, and the client goes when it is done.
            if (client is not null)
            {
                _ = connecting.ContinueWith(
                    ended =>
                    {
                        _ = ended.Exception;
                        client.Dispose();
                    },
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }
    }

    private T Create<T>(SshClient? through, Func<ConnectionInfo, T> make)
        where T : BaseClient
    {
        _route = through is null ? null : new JumpRoute(through, target.HostName, target.Port);
        ConnectionInfo information = _route?.Connection(target.UserName, authentication.Methods())
            ?? new(target.HostName, target.Port, target.UserName, authentication.Methods());
        information.Timeout = connection.ConnectTimeout;

        target.Algorithms.Apply(information);
        _check.Prepare(information);
        T client = make(information);
        client.KeepAliveInterval = target.KeepAliveInterval;
        client.HostKeyReceived += _check.OnHostKeyReceived;
        return client;
    }

    private Task<bool> ConnectAsync(BaseClient client, CancellationToken cancellationToken) =>
        SshErrors.TranslateAsync(
            async () =>
            {
                // Off the caller's thread, since most of it blocks.
                await Task.Run(() => client.ConnectAsync(cancellationToken), cancellationToken).ConfigureAwait(false);

                // SSH.NET also returns without a word when the server leaves during the key exchange.
                return client.IsConnected
                    ? true
                    : throw new Renci.SshNet.Common.SshConnectionException("The server closed the connection.");
            },
            Translate);

    private XenMigrateException Translate(Exception e) =>
        _check.Failure ?? SshErrors.Connecting(target, authentication, _route?.Failure ?? e);
}
