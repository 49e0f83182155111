namespace XenMigrate.Ssh.Tests;

public class ConnectingTests
{
    [SshdFact]
    public async Task A_known_host_lets_in_a_user_with_a_default_key()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);

        using IHostShell shell = await user.ConnectAsync(server);

        Assert.True(shell.IsConnected);
        Assert.Equal(
            new HostEndpoint(
                "127.0.0.1", "127.0.0.1", server.Port, SshServer.UserName, server.HostKeys[0].Fingerprint, null),
            shell.Endpoint);
        Assert.Equal(new CommandResult(0, "hello\n", ""), await shell.RunAsync("echo", "hello"));
    }

    [SshdFact]
    public async Task An_alias_in_the_configuration_leads_to_the_host()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        user.Configuration =
            $"""
            Host xen?
              HostName 127.0.0.1
              Port {server.Port}
              User {SshServer.UserName}
            """;

        using IHostShell shell = await user.ConnectAsync(new HostConnection("xen1"));

        Assert.Equal("xen1", shell.Endpoint.ComputerName);
        Assert.Equal("127.0.0.1", shell.Endpoint.Address);
        Assert.Equal(server.Port, shell.Endpoint.Port);
    }

    [SshdFact]
    public async Task Nobody_listening_is_told_apart_from_a_refusal()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        server.Stop();

        HostUnreachableException e =
            await Assert.ThrowsAsync<HostUnreachableException>(() => user.ConnectAsync(server));

        Assert.IsType<SocketException>(e.InnerException);
        Assert.Contains("127.0.0.1", e.Message);
    }

    [SshdFact]
    public async Task A_server_that_says_nothing_is_given_up_when_the_time_is_over()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using SshClientSide user = new();
        HostConnection connection = new("127.0.0.1")
        {
            Port = ((IPEndPoint)silent.LocalEndpoint).Port,
            ConnectTimeout = TimeSpan.FromMilliseconds(200),
        };

        await Assert.ThrowsAsync<HostUnreachableException>(() => user.ConnectAsync(connection));
    }

    [SshdFact]
    public async Task Connecting_can_be_cancelled()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using SshClientSide user = new();
        using CancellationTokenSource cancel = new();
        HostConnection connection = new("127.0.0.1") { Port = ((IPEndPoint)silent.LocalEndpoint).Port };

        Task<IHostShell> connecting = user.Connector.ConnectAsync(connection, cancel.Token);
        using Socket accepted = await silent.AcceptSocketAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [SshdFact]
    public async Task A_jump_host_leads_to_the_host_and_both_keys_are_verified()
    {
        using SshServer jump = await SshServer.StartAsync();
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(jump).Meet(server);
        HostConnection connection = SshClientSide.To(server) with { JumpHost = $"127.0.0.1:{jump.Port}" };

        using IHostShell shell = await user.ConnectAsync(connection);

        Assert.Equal("127.0.0.1", shell.Endpoint.JumpHost);
        Assert.Equal(server.HostKeys[0].Fingerprint, shell.Endpoint.HostKeyFingerprint);
        Assert.Equal("through\n", (await shell.RunAsync("echo", "through")).Output);
    }

    [SshdFact]
    public async Task A_jump_host_of_the_configuration_is_used()
    {
        using SshServer jump = await SshServer.StartAsync();
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(jump).Meet(server);
        user.Configuration =
            $"""
            Host bastion
              HostName 127.0.0.1
              Port {jump.Port}
            Host xen1
              HostName 127.0.0.1
              Port {server.Port}
            Host *
              ProxyJump bastion
            """;

        using IHostShell shell = await user.ConnectAsync(new HostConnection("xen1"));

        Assert.Equal("bastion", shell.Endpoint.JumpHost);
        Assert.Equal(0, (await shell.RunAsync("true")).ExitCode);
    }

    [SshdFact]
    public async Task A_jump_host_with_an_unknown_key_is_not_gone_through()
    {
        using SshServer jump = await SshServer.StartAsync();
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server).Authorize(jump);
        HostConnection connection = SshClientSide.To(server) with { JumpHost = $"127.0.0.1:{jump.Port}" };

        HostKeyUnknownException e =
            await Assert.ThrowsAsync<HostKeyUnknownException>(() => user.ConnectAsync(connection));

        Assert.Equal(jump.HostKeys[0].Fingerprint, e.Fingerprint);
    }

    [SshdFact]
    public async Task A_host_behind_a_jump_host_that_can_not_be_reached_is_named()
    {
        using SshServer jump = await SshServer.StartAsync();
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(jump).Meet(server);
        server.Stop();
        HostConnection connection = SshClientSide.To(server) with { JumpHost = $"127.0.0.1:{jump.Port}" };

        HostUnreachableException e =
            await Assert.ThrowsAsync<HostUnreachableException>(() => user.ConnectAsync(connection));

        Assert.Contains("through 127.0.0.1", e.Message);
    }
}
