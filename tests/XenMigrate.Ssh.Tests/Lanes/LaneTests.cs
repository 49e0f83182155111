namespace XenMigrate.Ssh.Tests;

public class LaneTests
{
    [SshdTheory]
    [InlineData(10, 1)]
    [InlineData(1, 3)]
    public async Task Two_transfers_take_further_connections_only_where_the_first_is_too_narrow(int maxSessions, int connections)
    {
        using SshServer server = await SshServer.StartAsync($"MaxSessions {maxSessions}");
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        using CancellationTokenSource cancel = new();

        Task<CommandResult>[] transfers = await TransfersAsync(shell, 2, cancel.Token);

        Assert.Equal("asked\n", (await shell.RunAsync("echo", "asked")).Output);
        Assert.Equal(connections, ((SshHostShell)shell).Connections);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(transfers));
    }

    [SshdFact]
    public async Task Further_connections_end_with_the_last_command()
    {
        using SshServer server = await SshServer.StartAsync("MaxSessions 1");
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        using CancellationTokenSource cancel = new();
        Task<CommandResult>[] transfers = await TransfersAsync(shell, 3, cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(transfers));
        Assert.Equal(0, (await shell.RunAsync("true")).ExitCode);

        Assert.Equal(1, ((SshHostShell)shell).Connections);
    }

    [SshdFact]
    public async Task A_host_that_begins_no_command_at_all_is_named()
    {
        using SshServer server = await SshServer.StartAsync("MaxSessions 0");
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        HostUnreachableException e = await Assert.ThrowsAsync<HostUnreachableException>(() => shell.RunAsync("true"));

        Assert.Contains("MaxSessions", e.Message);
    }

    [SshdFact]
    public async Task Transfers_whose_connections_drop_are_told_and_the_next_command_connects_again()
    {
        using SshServer server = await SshServer.StartAsync("MaxSessions 1");
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        using CancellationTokenSource cancel = new();
        Task<CommandResult>[] transfers = await TransfersAsync(shell, 4, cancel.Token);

        server.DropConnections();

        foreach (Task<CommandResult> transfer in transfers)
        {
            _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => transfer);
        }

        Assert.Equal("again\n", (await shell.RunAsync("echo", "again")).Output);
    }

    private static async Task<Task<CommandResult>[]> TransfersAsync(IHostShell shell, int count, CancellationToken token)
    {
        List<Task<CommandResult>> transfers = [];
        foreach (Lines lines in Enumerable.Range(0, count).Select(_ => new Lines()))
        {
            transfers.Add(shell.RunAsync(
                RemoteCommand.Script("echo begun; exec tail -f /dev/null"), Timeout.InfiniteTimeSpan, lines, token));
            Assert.Equal("begun", await lines.NextAsync());
        }

        return [.. transfers];
    }
}
