namespace XenMigrate.Ssh.Tests;

public class CommandTests
{
    [SshdFact]
    public async Task A_command_gets_its_words_and_the_c_locale_and_no_input()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        Assert.Equal("a b\n*\n$HOME\n", (await shell.RunAsync("printf", "%s\n", "a b", "*", "$HOME")).Output);
        Assert.Equal("C\n", (await shell.RunAsync("printenv", "LC_ALL")).Output);
        Assert.Equal(new CommandResult(0, "", ""), await shell.RunAsync("cat"));
    }

    [SshdFact]
    public async Task What_the_login_shell_writes_before_the_command_is_not_the_commands()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        server.LoginScript = "echo Welcome; echo 'cannot rehash' >&2; printf 'no line end'";
        using IHostShell shell = await user.ConnectAsync(server);
        Lines lines = new();

        Assert.Equal(new CommandResult(0, "mine\n", ""), await shell.ScriptAsync("echo mine", lines));
        Assert.Equal([new OutputLine(false, "mine")], lines.All);
    }

    [SshdFact]
    public async Task A_login_shell_that_runs_nothing_says_why()
    {
        using SshServer server = await SshServer.StartAsync("ForceCommand echo 'No service.' >&2; exit 1");
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        LoginShellUnusableException e = await Assert.ThrowsAsync<LoginShellUnusableException>(() => shell.RunAsync("true"));

        Assert.Equal((1, "No service.\n"), (e.ExitCode, e.Said));
    }

    [SshdFact]
    public async Task Exit_codes_and_signals_come_back_as_a_shell_numbers_them()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        Assert.Equal(42, (await shell.ScriptAsync("exit 42")).ExitCode);
        Assert.Equal(143, (await shell.ScriptAsync("kill -TERM $$")).ExitCode);
        Assert.Equal(137, (await shell.ScriptAsync("kill -KILL $$")).ExitCode);
        Assert.Equal(127, (await shell.RunAsync("no-such-program")).ExitCode);
    }

    [SshdFact]
    public async Task Both_streams_come_apart_and_whole()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        CommandResult result = await shell.ScriptAsync("printf 'out\\n'; printf 'err' >&2; exit 3");

        Assert.Equal(new CommandResult(3, "out\n", "err"), result);
    }

    [SshdFact]
    public async Task Lines_arrive_while_the_command_runs()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        string gate = user.File_("gate");
        Programs.Run("mkfifo", gate);
        Lines lines = new();

        // Each side waits for the other: the line has to be here before the command can end.
        Task<CommandResult> running = shell.ScriptAsync($"echo one; read x <'{gate}'; echo two >&2", lines);
        Assert.Equal("one", await lines.NextAsync());
        await File.WriteAllTextAsync(gate, "\n");

        Assert.Equal("two", await lines.NextAsync());
        Assert.Equal(new CommandResult(0, "one\n", "two\n"), await running);
        Assert.Equal([new OutputLine(false, "one"), new OutputLine(true, "two")], lines.All);
    }

    [SshdFact]
    public async Task Many_lines_of_both_streams_keep_their_order_and_come_one_at_a_time()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        Lines lines = new();

        await shell.ScriptAsync("seq 1 20000 & seq 1 20000 >&2; wait", lines);

        string[] expected = [.. Enumerable.Range(1, 20000).Select(n => $"{n}")];
        Assert.Equal(expected, lines.Output);
        Assert.Equal(expected, lines.All.Where(line => line.IsError).Select(line => line.Text));
        Assert.False(lines.WasCalledTwiceAtOnce);
    }

    [SshdFact]
    public async Task Large_outputs_are_intact()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        CommandResult result = await shell.ScriptAsync("yes 0123456789abcde | head -c 10485760");

        Assert.Equal(10 * 1024 * 1024, result.Output.Length);
        Assert.Equal("", result.Output.Replace("0123456789abcde\n", ""));
    }

    [SshdFact]
    public async Task Binary_output_is_tolerated()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        Lines lines = new();

        CommandResult result = await shell.ScriptAsync(@"printf '\377\376a\000b\n'; head -c 100000 /dev/urandom", lines);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("\uFFFD\uFFFDa\0b\n", result.Output);
        Assert.Equal("\uFFFD\uFFFDa\0b", lines.All[0].Text);
    }

    [SshdFact]
    public async Task Commands_overlap_and_more_than_the_server_has_channels_wait_their_turn()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        string gate = user.File_("gate");
        Programs.Run("mkfifo", gate);
        Lines lines = new();

        // Eight stand at the gate at once, which no order of one after the other could do; four more follow.
        Task<CommandResult>[] waiting =
            [.. Enumerable.Range(0, 12).Select(_ => shell.ScriptAsync($"echo here; read x <'{gate}'; echo done", lines))];
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal("here", await lines.NextAsync());
        }

        using (FileStream open = new(gate, FileMode.Open, FileAccess.ReadWrite))
        {
            open.Write(new byte[] { (byte)'\n', (byte)'\n', (byte)'\n', (byte)'\n', (byte)'\n', (byte)'\n' });
            open.Write(new byte[] { (byte)'\n', (byte)'\n', (byte)'\n', (byte)'\n', (byte)'\n', (byte)'\n' });
            open.Flush();
            CommandResult[] results = await Task.WhenAll(waiting);
            Assert.All(results, result => Assert.Equal(new CommandResult(0, "here\ndone\n", ""), result));
        }
    }

    [SshdFact]
    public async Task A_batch_returns_each_result()
    {
        using SshServer server = await SshServer.StartAsync();
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        IReadOnlyList<CommandResult> results = await shell.RunAllAsync(
            [new("echo", "a  b"), new("sh", "-c", "echo no >&2; exit 9"), new("cat")],
            Shells.Patience,
            CancellationToken.None);

        Assert.Equal([new(0, "a  b\n", ""), new(9, "", "no\n"), new(0, "", "")], results);
    }
}
