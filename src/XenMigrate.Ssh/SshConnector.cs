namespace XenMigrate;

/// <summary>Opens shells on hosts over SSH.</summary>
public sealed class SshConnector : IHostConnector
{
    private readonly SshEnvironment _environment;
    private readonly SshTimes _times;

    /// <summary>Connects as the user of this process, with that user's ssh files.</summary>
    public SshConnector()
        : this(SshEnvironment.Current(), SshTimes.Default)
    {
    }

    internal SshConnector(SshEnvironment environment, SshTimes times)
    {
        _environment = environment;
        _times = times;
    }

    /// <inheritdoc/>
    public async Task<IHostShell> ConnectAsync(HostConnection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SshConfiguration configuration = new SshConfigurationFiles(_environment).Read(connection.ConfigurationPath);
        SshTarget target = new SshTargetResolver(_environment, configuration).Resolve(connection);

        SshDialer dialer = new(target, connection, _times);
        SshSession session = await dialer.DialAsync(fingerprint: null, cancellationToken).ConfigureAwait(false);
        return new SshHostShell(connection.ComputerName, dialer, session);
    }
}
