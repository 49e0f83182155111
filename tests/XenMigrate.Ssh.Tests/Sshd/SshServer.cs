namespace XenMigrate.Ssh.Tests;

/// <summary>An OpenSSH server of this user's on a free loopback port, with throw-away keys.</summary>
public sealed class SshServer : IDisposable
{
    public const string Program = "/usr/sbin/sshd";

    /// <summary>Who runs this process, and so the server.</summary>
    public static string UserName => Environment.UserName;

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private SshServer(int port, string[] keyTypes, string options, string? loginShell)
    {
        Port = port;
        HostKeys = [.. keyTypes.Select(type => SshKey.Generate(_folder.File("host_" + type), type))];
        AuthorizedKeys = _folder.Write("authorized_keys", "");
        string configuration = _folder.Write(
            "sshd_config",
            $"""
            ListenAddress 127.0.0.1
            Port {port}
            {string.Join('\n', HostKeys.Select(key => "HostKey " + key.PrivatePath))}
            AuthorizedKeysFile {AuthorizedKeys}
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            LogLevel VERBOSE
            MaxStartups 100
            SetEnv HOME={_folder.Path}
            {options}
            """);

        string[] arguments = ["-D", "-e", "-f", configuration];
        _process = loginShell is null
            ? Programs.Start(Program, arguments)
            : LoginShell.Start(_folder, loginShell, [Program, .. arguments]);
    }

    public int Port { get; }

    public SshKey[] HostKeys { get; }

    public string AuthorizedKeys { get; }

    /// <summary>What bash reads before it runs a command; the home folder over there is a temporary one.</summary>
    public string LoginScript
    {
        set => _folder.Write(".bashrc", value);
    }

    /// <summary>A file in the home folder over there.</summary>
    public void WriteHome(string name, string text) => _folder.Write(name, text);

    /// <summary>The known_hosts name of this server.</summary>
    public string Name => $"[127.0.0.1]:{Port}";

    /// <summary>A line of known_hosts for each host key.</summary>
    public string KnownHosts => string.Concat(HostKeys.Select(key => $"{Name} {key.KnownHostsText}\n"));

    public static Task<SshServer> StartAsync(string options = "", params string[] keyTypes) =>
        StartAsync(options, loginShell: null, keyTypes);

    /// <summary>A server for which this user has another login shell.</summary>
    public static Task<SshServer> StartWithLoginShellAsync(string loginShell) => StartAsync("", loginShell, []);

    private static async Task<SshServer> StartAsync(string options, string? loginShell, string[] keyTypes)
    {
        if (SshServer.UserName == "root")
        {
            // Privilege separation wants it; a system's service would have made it.
            Directory.CreateDirectory("/run/sshd");
        }

        SshServer server = new(FreePort(), keyTypes.Length > 0 ? keyTypes : ["ed25519"], options, loginShell);
        await server.ListeningAsync();
        return server;
    }

    /// <summary>Ends the processes that serve connections, which is how a connection drops.</summary>
    public void DropConnections()
    {
        foreach (int process in RemoteProcesses.ChildrenOf(_process.Id))
        {
            try
            {
                using Process connection = Process.GetProcessById(process);
                connection.Kill(entireProcessTree: false);
            }
            catch (ArgumentException)
            {
                // It ended by itself meanwhile.
            }
        }
    }

    /// <summary>Stops the processes that serve connections in their tracks, as if the host hung.</summary>
    public void Freeze()
    {
        foreach (int process in RemoteProcesses.ChildrenOf(_process.Id))
        {
            Programs.Run("kill", "-STOP", $"{process}");
        }
    }

    /// <summary>Stops the listener; connections that stand stay.</summary>
    public void Stop()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            DropConnections();
            Stop();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    // sshd says so itself: no connection attempt is needed to find out. Somebody has to read all that it says.
    private Task ListeningAsync()
    {
        TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StringBuilder said = new();
        _process.ErrorDataReceived += (_, e) =>
        {
            said.AppendLine(e.Data);
            if (e.Data is null)
            {
                listening.TrySetException(new InvalidOperationException("sshd did not start: " + said));
            }
            else if (e.Data.Contains("Server listening"))
            {
                listening.TrySetResult();
            }
        };
        _process.BeginErrorReadLine();
        return listening.Task;
    }

    private static int FreePort()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
