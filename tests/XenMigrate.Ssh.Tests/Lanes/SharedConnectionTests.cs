namespace XenMigrate.Ssh.Tests;

/// <summary>One connection from a source to a destination that tries the way and carries a guest, by real ssh.</summary>
public sealed class SharedConnectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [SshdFact]
    public async Task The_connection_that_tried_the_way_carries_the_guest()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell source = await ConnectAsync(server, user);

        SshProbe probe = await TryAsync(source);
        string first = await CarryAsync(source, probe.Connection);
        string second = await CarryAsync(source, probe.Connection);

        Assert.NotNull(probe.BootId);
        Assert.NotNull(probe.Connection!.Master);
        Assert.Equal(first, second);
        Assert.NotEqual(first, await CarryAsync(source, connection: null));
    }

    [SshdFact]
    public async Task Where_the_connection_has_ended_the_guest_goes_by_another()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell source = await ConnectAsync(server, user);
        SharedConnection connection = (await TryAsync(source)).Connection!;
        string before = await CarryAsync(source, connection);

        await connection.EndAsync(source);
        while (RemoteProcesses.Runs(connection.Master!.Value))
        {
            await Task.Delay(20);
        }

        string after = await CarryAsync(source, connection);
        Assert.StartsWith("127.0.0.1 ", after, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        Assert.False(File.Exists(connection.Path));
    }

    [SshdFact]
    public async Task How_a_connection_broke_is_known_though_another_had_made_it()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell source = await ConnectAsync(server, user);
        SharedConnection connection = (await TryAsync(source)).Connection!;

        // Its process over there, which serves no other.
        _ = await source.ScriptAsync($"ssh -S {connection.Path} b 'kill $PPID'");
        while (RemoteProcesses.Runs(connection.Master!.Value))
        {
            await Task.Delay(20);
        }

        string said = (await source.RunAsync(connection.Said, CancellationToken.None)).Output;
        Assert.Contains(said.Split('\n'), SshLines.IsOwn);
    }

    [SshdTheory]
    [InlineData("unknown option -- E")]
    [InlineData("command-line: line 0: Bad configuration option: ControlPersist")]
    public async Task An_ssh_that_is_too_old_to_share_connections_makes_one_for_each(string complaint)
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell source = await ConnectAsync(server, user, $"case $* in *ControlPersist*) echo '{complaint}' >&2; exit 255;; esac");

        SshProbe probe = await TryAsync(source);

        Assert.Equal((0, true, true), (probe.ExitCode, probe.BootId is not null, probe.Connection is null));
        Assert.Empty(Directory.GetFiles(_folder.File("run")));
    }

    [SshdFact]
    public async Task A_way_that_fails_leaves_nothing_and_says_why()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Authorize(server);
        user.KnownHosts = server.KnownHosts;
        using IHostShell source = await ConnectAsync(server, user, "set -- -o UserKnownHostsFile=/dev/null \"$@\"");

        SshProbe probe = await TryAsync(source);

        Assert.Equal((255, true), (probe.ExitCode, probe.Connection is null));
        Assert.Contains("Host key verification failed.", probe.Said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.File("run")));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The source, whose ssh knows the destination as b; and that is the same server.</summary>
    private async Task<IHostShell> ConnectAsync(SshServer server, SshClientSide user, string before = "")
    {
        string configuration = _folder.Write(
            "config",
            $"""
            Host b
              HostName 127.0.0.1
              Port {server.Port}
              User {SshServer.UserName}
              IdentityFile {user.Key.PrivatePath}
              UserKnownHostsFile {user.KnownHostsPath}

            """);
        Write("ssh", $"{before}\nexec /usr/bin/ssh -F {configuration} \"$@\"");
        // xl as far as it matters: it hands the word after -s and the host to a shell, with what is to be run there.
        Write("xl", """exec sh -c "exec $4 $6 'echo \$SSH_CONNECTION'" """);
        server.LoginScript = $"PATH={_folder.Path}:$PATH; export XENMIGRATE_RUN={_folder.File("run")}";
        return await user.ConnectAsync(server);
    }

    private void Write(string name, string script) => _ = Programs.Run("chmod", "+x", _folder.Write(name, $"#!/bin/sh\n{script}\n"));

    private static Task<SshProbe> TryAsync(IHostShell source) => SshProbe.Question("b", Guid.NewGuid()).AskAsync(source, CancellationToken.None);

    private static async Task<string> CarryAsync(IHostShell source, SharedConnection? connection)
    {
        CommandResult result = await source.RunAsync(XlMigrate.Command(5, "b", connection: connection), Shells.Patience, lines: null, CancellationToken.None);
        return result.Succeeded ? result.Output : throw new InvalidOperationException(result.Error);
    }
}
