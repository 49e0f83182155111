using Renci.SshNet;

namespace XenMigrate.Ssh.Tests;

/// <summary>A jump opens nothing that another user of this machine could use. Alone, since it looks at this process.</summary>
[Collection(nameof(JumpTests))]
[CollectionDefinition(nameof(JumpTests), DisableParallelization = true)]
public class JumpTests
{
    private const string Listening = "0A";

    private static readonly string[] s_tables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];

    [SshdFact]
    public async Task While_a_session_goes_through_jump_hosts_this_process_listens_nowhere()
    {
        using SshServer first = await SshServer.StartAsync();
        using SshServer second = await SshServer.StartAsync();
        using SshServer server = await SshServer.StartAsync("MaxSessions 1");
        using SshClientSide user = new SshClientSide().Meet(first).Meet(second).Meet(server);
        string[] before = [.. ListeningSockets()];
        HostConnection connection =
            SshClientSide.To(server) with { JumpHost = $"127.0.0.1:{first.Port},127.0.0.1:{second.Port}" };

        using IHostShell shell = await user.ConnectAsync(connection);
        Lines lines = new();
        Task<CommandResult> transfer = shell.RunAsync(
            RemoteCommand.Script("echo begun; yes 0123456789abcde | head -c 3000000; exec tail -f /dev/null"),
            System.Threading.Timeout.InfiniteTimeSpan,
            lines,
            default);
        Assert.Equal("begun", await lines.NextAsync());

        Assert.Equal("through\n", (await shell.RunAsync("echo", "through")).Output);
        Assert.Equal(before, ListeningSockets());
        shell.Dispose();
        await Assert.ThrowsAsync<HostDisconnectedException>(() => transfer);
    }

    [SshdFact]
    public async Task Nobody_goes_that_way_who_does_not_know_its_secret()
    {
        using SshServer jump = await SshServer.StartAsync();
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(jump).Meet(server);
        using SshClient client = new("127.0.0.1", jump.Port, SshServer.UserName, new PrivateKeyFile(user.Key.PrivatePath));
        client.HostKeyReceived += (_, e) => e.CanTrust = true;
        await client.ConnectAsync(default);
        using JumpRoute route = new(client, "127.0.0.1", server.Port);

        // One who stays silent holds nobody up.
        using TcpClient silent = new("127.0.0.1", route.ListeningPort);
        Assert.Equal([5, 0xFF], await SayAsync(route, [5, 1, 0]));
        Assert.Equal([5, 2, 1, 1], await SayAsync(route, [5, 2, 0, 2, 1, 1, (byte)'x', 3, .. "abc"u8]));
        Assert.Equal([5, 0xFF], await SayAsync(route, Encoding.ASCII.GetBytes("SSH-2.0-me\r\n")));

        using SshClient ours = new(route.Connection(SshServer.UserName, [new PrivateKeyAuthenticationMethod(
            SshServer.UserName, new PrivateKeyFile(user.Key.PrivatePath))]));
        ours.HostKeyReceived += (_, e) => e.CanTrust = true;
        await ours.ConnectAsync(default);

        Assert.Equal("through\n", ours.RunCommand("echo through").Result);
        Assert.Throws<SocketException>(() => new TcpClient("127.0.0.1", route.ListeningPort));
        Assert.Equal(0, await silent.GetStream().ReadAsync(new byte[1]));
    }

    private static async Task<byte[]> SayAsync(JumpRoute route, byte[] bytes)
    {
        using TcpClient caller = new("127.0.0.1", route.ListeningPort);
        await caller.GetStream().WriteAsync(bytes);
        using MemoryStream answer = new();
        try
        {
            await caller.GetStream().CopyToAsync(answer);
        }
        catch (IOException)
        {
            // It was shown out with words of its own unread.
        }

        return answer.ToArray();
    }

    // The sockets of this process that the system's table has as listening, by its inodes.
    private static IEnumerable<string> ListeningSockets()
    {
        HashSet<string> ours = [.. Directory.GetFiles("/proc/self/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target[8..^1])];
        return
        [
            .. s_tables.Where(File.Exists).SelectMany(File.ReadLines)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 9 && fields[3] == Listening && ours.Contains(fields[9]))
                .Select(fields => fields[1])
                .Order(),
        ];
    }
}
