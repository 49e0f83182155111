namespace XenMigrate.Ssh.Tests;

/// <summary>A user's side of a connection: a home folder of its own, a key, known_hosts, a configuration.</summary>
public sealed class SshClientSide : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public SshClientSide()
    {
        Directory.CreateDirectory(_home.File(".ssh"));
        Key = SshKey.Generate(_home.File(".ssh/id_ed25519"));
        Connector = Impatient(SshTimes.Default);
    }

    public SshKey Key { get; }

    internal SshConnector Impatient(SshTimes times) =>
        new(new SshEnvironment(_home.Path, SshServer.UserName, _home.File("etc")), times);

    public SshConnector Connector { get; }

    public string KnownHostsPath => _home.File(".ssh/known_hosts");

    public string KnownHosts
    {
        get => File.Exists(KnownHostsPath) ? File.ReadAllText(KnownHostsPath) : "";
        set => File.WriteAllText(KnownHostsPath, value);
    }

    public string Configuration
    {
        set => File.WriteAllText(_home.File(".ssh/config"), value);
    }

    public string File_(string name) => _home.File(name);

    /// <summary>Lets this user in there, and makes that host known here.</summary>
    public SshClientSide Meet(SshServer server)
    {
        Authorize(server);
        KnownHosts += server.KnownHosts;
        return this;
    }

    public SshClientSide Authorize(SshServer server)
    {
        File.AppendAllText(server.AuthorizedKeys, Key.PublicText + "\n");
        return this;
    }

    public static HostConnection To(SshServer server) => new("127.0.0.1") { Port = server.Port };

    public Task<IHostShell> ConnectAsync(SshServer server) => ConnectAsync(To(server));

    public Task<IHostShell> ConnectAsync(HostConnection connection) =>
        Connector.ConnectAsync(connection, CancellationToken.None);

    public static NetworkCredential Passphrase(string secret) => new("", secret);

    public void Dispose() => _home.Dispose();
}
