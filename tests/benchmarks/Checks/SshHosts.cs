using System.Globalization;
using System.Net;
using System.Net.Sockets;
using XenMigrate.Ssh.Tests;

namespace XenMigrate.Benchmarks;

/// <summary>
/// Many hosts that are one sshd: each has a port of its own, and by it a boot id, a time that its xl takes, and a name in
/// an ssh configuration. What xl says was captured from a real host.
/// </summary>
internal sealed class SshHosts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SshServer _server;

    private SshHosts(SshServer server, IReadOnlyList<int> ports, Func<int, TimeSpan> delay)
    {
        _server = server;
        _server.LoginScript = $"export PATH='{_folder.File("bin")}':/usr/sbin:/usr/bin:/sbin:/bin\n";
        File.WriteAllText(_server.AuthorizedKeys, SshKey.Generate(_folder.File("id")).PublicText + "\n");
        string keys = string.Concat(ports.Select(port => server.KnownHosts.Replace($":{server.Port} ", $":{port} ", StringComparison.Ordinal)));
        _ = _folder.Write("known_hosts", keys);
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
        string options = string.Concat(ports.Select(port => $"Port {port}\n")) + "MaxStartups 500\nUseDNS no\n";
        return new SshHosts(await SshServer.StartAsync(options), ports, delay);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

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
