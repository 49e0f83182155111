namespace XenMigrate.Ssh.Tests;

public class EndingTests
{
    // Tells the processes that shall be gone, then waits for something that never comes.
    private const string ParentAndChild = "sh -c 'echo $$; exec tail -f /dev/null' & echo $$; wait";

    [SshdFact]
    public async Task A_command_over_its_time_is_ended_on_the_host_with_its_children()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        Lines lines = new();
        RemoteCommand command = RemoteCommand.Script(ParentAndChild);

        HostTimeoutException e = await Assert.ThrowsAsync<HostTimeoutException>(
            () => shell.RunAsync(command, TimeSpan.FromSeconds(2), lines, CancellationToken.None));

        Assert.Same(command, e.Command);
        Assert.Equal(2, lines.All.Count);
        Assert.All(lines.Output, id => Assert.False(Runs(id), id));
        Assert.Equal("still usable\n", (await shell.RunAsync("echo", "still usable")).Output);
    }

    [SshdFact]
    public async Task Cancelling_ends_the_remote_process_and_its_children()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        await CancelAndCheckAsync(shell, ParentAndChild, processes: 2);
    }

    [SshdFact]
    public async Task Cancelling_ends_a_process_that_ignores_TERM()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        await CancelAndCheckAsync(shell, "trap '' TERM HUP; " + ParentAndChild, processes: 2);
    }

    [SshdFact]
    public async Task A_command_that_nobody_listens_to_is_cancelled_all_the_same()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        using CancellationTokenSource cancel = new();
        string pid = user.File_("pid");
        Programs.Run("mkfifo", pid);

        Task<CommandResult> running =
            shell.ScriptAsync($"echo $$ >'{pid}'; exec tail -f /dev/null", lines: null, cancel.Token);
        string process = (await System.IO.File.ReadAllTextAsync(pid)).Trim();
        Assert.True(Runs(process));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(Runs(process));
    }

    [SshdFact]
    public async Task Eight_commands_cancelled_at_once_are_all_ended()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CancelAndCheckAsync(shell, ParentAndChild, processes: 2)));
    }

    [SshdFact]
    public async Task A_cancelled_token_starts_nothing()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        string trace = user.File_("trace");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => shell.RunAsync(new("touch", trace), Shells.Patience, lines: null, new CancellationToken(true)));

        Assert.False(System.IO.File.Exists(trace));
    }

    private static async Task CancelAndCheckAsync(IHostShell shell, string script, int processes)
    {
        using CancellationTokenSource cancel = new();
        Lines lines = new();
        Task<CommandResult> running = shell.ScriptAsync(script, lines, cancel.Token);
        for (int i = 0; i < processes; i++)
        {
            Assert.True(Runs(await lines.NextAsync()));
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.All(lines.Output, id => Assert.False(Runs(id), id));
    }

    private static bool Runs(string id) => RemoteProcesses.Runs(int.Parse(id, CultureInfo.InvariantCulture));
}
