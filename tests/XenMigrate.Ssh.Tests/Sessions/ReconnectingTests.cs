namespace XenMigrate.Ssh.Tests;

public class ReconnectingTests
{
    [SshdFact]
    public async Task A_command_that_ran_when_the_connection_dropped_is_not_run_again()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        string trace = user.File_("trace");
        Lines lines = new();

        Task<CommandResult> running =
            shell.ScriptAsync($"echo run >>'{trace}'; echo begun; exec tail -f /dev/null", lines);
        await lines.NextAsync();
        server.DropConnections();

        HostDisconnectedException e = await Assert.ThrowsAsync<HostDisconnectedException>(() => running);
        Assert.Equal("127.0.0.1", e.Host);
        Assert.Equal("again\n", (await shell.RunAsync("echo", "again")).Output);
        Assert.True(shell.IsConnected);
        Assert.Equal("run\n", File.ReadAllText(trace));
    }

    [SshdFact]
    public async Task Commands_after_a_drop_share_one_new_connection()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        Task<CommandResult> running = shell.RunAsync("tail", "-f", "/dev/null");
        server.DropConnections();
        await Assert.ThrowsAsync<HostDisconnectedException>(() => running);

        CommandResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => shell.ScriptAsync("echo $SSH_CONNECTION")));

        Assert.Single(results.Select(result => result.Output).Distinct());
    }

    [SshdFact]
    public async Task A_host_that_shows_another_key_after_a_drop_is_not_trusted()
    {
        using SshServer server = await SshServer.StartAsync("", "ed25519", "rsa");
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        Task<CommandResult> running = shell.RunAsync("tail", "-f", "/dev/null");

        // Both keys are known; still, a session does not change from one to the other.
        user.KnownHosts = $"{server.Name} {server.HostKeys[1].KnownHostsText}";
        server.DropConnections();
        await Assert.ThrowsAsync<HostDisconnectedException>(() => running);

        await Assert.ThrowsAsync<HostKeyChangedException>(() => shell.RunAsync("true"));
    }

    [SshdFact]
    public async Task A_host_that_stays_away_is_unreachable_for_the_next_command()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        Task<CommandResult> running = shell.RunAsync("tail", "-f", "/dev/null");
        server.DropConnections();
        server.Stop();
        await Assert.ThrowsAsync<HostDisconnectedException>(() => running);

        await Assert.ThrowsAsync<HostUnreachableException>(() => shell.RunAsync("true"));
        Assert.False(shell.IsConnected);
    }

    [SshdFact]
    public async Task A_host_that_hangs_is_noticed_while_a_command_runs()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        SshConnector connector = user.Impatient(new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3)));
        using IHostShell shell = await connector.ConnectAsync(SshClientSide.To(server), CancellationToken.None);
        Lines lines = new();
        Task<CommandResult> running = shell.ScriptAsync("echo begun; exec tail -f /dev/null", lines);
        await lines.NextAsync();

        server.Freeze();

        HostDisconnectedException e = await Assert.ThrowsAsync<HostDisconnectedException>(() => running);
        Assert.Contains("no longer answers", e.Message);
        Assert.Equal(0, (await shell.RunAsync("true")).ExitCode);
    }

    [SshdFact]
    public async Task Cancelling_does_not_wait_for_a_host_that_hangs()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        using CancellationTokenSource cancel = new();
        Lines lines = new();
        Task<CommandResult> running = shell.ScriptAsync("echo begun; exec tail -f /dev/null", lines, cancel.Token);
        await lines.NextAsync();
        server.Freeze();
        Stopwatch clock = Stopwatch.StartNew();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{clock.Elapsed}");
    }

    [SshdFact]
    public async Task A_closed_shell_runs_nothing_and_what_ran_is_told()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        IHostShell shell = await user.ConnectAsync(server);
        Lines lines = new();
        Task<CommandResult> running = shell.ScriptAsync("echo begun; exec tail -f /dev/null", lines);
        await lines.NextAsync();

        shell.Dispose();

        await Assert.ThrowsAsync<HostDisconnectedException>(() => running);
        await Assert.ThrowsAsync<HostNotConnectedException>(() => shell.RunAsync("true"));
        Assert.False(shell.IsConnected);
    }
}
