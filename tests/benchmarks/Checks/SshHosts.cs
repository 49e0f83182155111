namespace XenMigrate.Benchmarks;

/// <summary>
/// Many hosts that are a few sshds: each has a port of its own, and by it a boot id, a time that its xl takes, and a name
/// in an ssh configuration. What xl says was captured from a real host.
/// </summary>
internal sealed class SshHosts : IDisposable
{
    // An sshd listens on 16 ports at most, and one is its own.
    private const int PortsOfOne = 15;

    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyList<SshServer> _servers;

    private SshHosts(IReadOnlyList<SshServer> servers, IReadOnlyList<int> ports, Func<int, TimeSpan> delay)
    {
        _servers = servers;
        string key = SshKey.Generate(_folder.File("id")).PublicText + "\n";
        foreach (SshServer server in servers)
        {
            server.LoginScript = $"export PATH='{_folder.File("bin")}':/usr/sbin:/usr/bin:/sbin:/bin\n";
            File.WriteAllText(server.AuthorizedKeys, key);
        }

        _ = _folder.Write("known_hosts", string.Concat(ports.Select((port, index) => KnownHosts(servers[index / PortsOfOne], port))));
        Configuration = _folder.Write("config", string.Concat(ports.Select((port, index) => Entry(Name(index), port))));
        for (int index = 0; index < ports.Count; index++)
        {
            _ = _folder.Write($"delay/{ports[index]}", delay(index).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
        }

        string fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures");
        Program("xl", $"""sleep "$(/bin/cat '{_folder.File("delay")}'/$port)"; exec /bin/cat "{fixtures}/xl $*.txt" """);
        Program("cat", """case $1 in */boot_id) echo "00000000-0000-0000-0000-0000000$port";; *) exec /bin/cat "$@";; esac""");
        // The way between two of them is as long as the other takes to answer.
        Program(
            "ssh",
            $$"""
            for word do last=$address; address=$word; done
            port=$(sed -n "/^Host $last\$/,/Port/s/ *Port //p" '{{Configuration}}')
            sleep "$(/bin/cat '{{_folder.File("delay")}}'/$port)"
            echo "xenmigrate-probe 00000000-0000-0000-0000-0000000$port /usr/sbin/xl"
            """);
    }

    /// <summary>An ssh configuration that knows them all.</summary>
    public string Configuration { get; }

    public static string Name(int index) => FormattableString.Invariant($"xen{index}");

    /// <param name="count">How many.</param>
    /// <param name="delay">How long the xl of each takes.</param>
    public static async Task<SshHosts> StartAsync(int count, Func<int, TimeSpan> delay)
    {
        int[] ports = FreePorts(count);
        List<SshServer> servers = [];
        foreach (int[] some in ports.Chunk(PortsOfOne))
        {
            servers.Add(await SshServer.StartAsync(string.Concat(some.Select(port => $"Port {port}\n")) + "UseDNS no\n"));
        }

        return new SshHosts(servers, ports, delay);
    }

    public void Dispose()
    {
        foreach (SshServer server in _servers)
        {
            server.Dispose();
        }

        _folder.Dispose();
    }

    private static string KnownHosts(SshServer server, int port) =>
        server.KnownHosts.Replace($":{server.Port} ", $":{port} ", StringComparison.Ordinal);

    private string Entry(string name, int port) =>
        $"""
        Host {name}
          HostName 127.0.0.1
          Port {port}
          User {SshServer.UserName}
          IdentityFile {_folder.File("id")}
          UserKnownHostsFile {_folder.File("known_hosts")}

        """;

    private void Program(string name, string text)
    {
        string path = _folder.Write("bin/" + name, $"#!/bin/sh\nport=${{SSH_CONNECTION##* }}\n{text}\n");
        _ = Programs.Run("chmod", "+x", path);
    }

    private static int[] FreePorts(int count)
    {
        Socket[] sockets = [.. Enumerable.Range(0, count).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp))];
        try
        {
            return [.. sockets.Select(Bound)];
        }
        finally
        {
            foreach (Socket socket in sockets)
            {
                socket.Dispose();
            }
        }

        static int Bound(Socket socket)
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
    }
}
