namespace XenMigrate.Ssh.Tests;

/// <summary>Whatever login shell the user has, a command gets its words, and nobody else does.</summary>
public class LoginShellTests
{
    private const string Nologin = "/usr/sbin/nologin";

    private static readonly Gen<string> s_word = Gen.OneOf(
        Gen.Char[" \t\n\r'\"\\$`!*?[]{}()<>|&;#~=%^-@:,0a\u001b\u007fé"].Array[0, 12].Select(characters => new string(characters)),
        Gen.Const("\\'; touch here; echo \\'"),
        Gen.Const("!!"),
        Gen.Const("😀"));

    private static readonly Gen<string[]> s_words = s_word.Array[0, 6];

    [LoginShellFact("/bin/dash", "dash")]
    public Task Dash() => PassesWordsOnAsync("/bin/dash");

    [LoginShellFact("/bin/bash", "bash")]
    public Task Bash() => PassesWordsOnAsync("/bin/bash");

    [LoginShellFact("/bin/zsh", "zsh")]
    public Task Zsh() => PassesWordsOnAsync("/bin/zsh");

    [LoginShellFact("/bin/ksh", "ksh")]
    public Task Ksh() => PassesWordsOnAsync("/bin/ksh");

    [LoginShellFact("/usr/bin/fish", "fish")]
    public Task Fish() => PassesWordsOnAsync("/usr/bin/fish");

    [LoginShellFact("/bin/tcsh", "tcsh")]
    public Task Tcsh() => PassesWordsOnAsync("/bin/tcsh");

    [LoginShellFact("/bin/csh", "tcsh")]
    public Task Csh() => PassesWordsOnAsync("/bin/csh");

    [LoginShellFact("/usr/bin/fish", "fish")]
    public async Task What_fish_says_at_its_start_is_not_the_commands()
    {
        using SshServer server = await SshServer.StartWithLoginShellAsync("/usr/bin/fish");
        server.WriteHome(".config/fish/config.fish", "echo Welcome; echo careful >&2; printf 'no line end'");

        await RunsAsync(server);
    }

    [LoginShellFact("/bin/tcsh", "tcsh")]
    public async Task What_tcsh_says_at_its_start_is_not_the_commands()
    {
        using SshServer server = await SshServer.StartWithLoginShellAsync("/bin/tcsh");
        server.WriteHome(".tcshrc", "echo Welcome\necho -n 'no line end'\n");

        await RunsAsync(server);
    }

    [LoginShellFact(Nologin, "login")]
    public async Task A_shell_that_runs_nothing_is_an_error_of_its_own()
    {
        using SshServer server = await SshServer.StartWithLoginShellAsync(Nologin);
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        LoginShellUnusableException e =
            await Assert.ThrowsAsync<LoginShellUnusableException>(() => shell.RunAsync("xl", "list"));

        Assert.Equal(("127.0.0.1", SshServer.UserName, 1), (e.Host, e.UserName, e.ExitCode));
        Assert.Contains("This account is currently not available.", e.Message);
        Assert.Contains("getent passwd", e.Advice);
    }

    private static async Task PassesWordsOnAsync(string loginShell)
    {
        using SshServer server = await SshServer.StartWithLoginShellAsync(loginShell);
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        string[] big = [new string('x', 50_000), string.Concat(Enumerable.Repeat("it's\n!\\", 500))];
        Assert.Equal(Framed(big), (await shell.RunAsync(["printf", "<%s>\n", "", .. big])).Output);

        await s_words.Array[12].SampleAsync(
            async lists =>
            {
                IReadOnlyList<CommandResult> results = await shell.RunAllAsync(
                    [.. lists.Select(words => new RemoteCommand(["printf", "<%s>\n", "", .. words]))],
                    Shells.Patience,
                    CancellationToken.None);
                Assert.Equal(lists.Select(Framed), results.Select(result => result.Output));
                Assert.All(results, result => Assert.Equal("", result.Error));
            },
            iter: 12,
            threads: 1);

        await IsEndedWhenCancelledAsync(shell);
    }

    // The group that is ended has to be the command's: some login shells fork, others become it.
    private static async Task IsEndedWhenCancelledAsync(IHostShell shell)
    {
        using CancellationTokenSource cancel = new();
        Lines lines = new();
        Task<CommandResult> running = shell.ScriptAsync("echo $$; exec tail -f /dev/null", lines, cancel.Token);
        int process = int.Parse(await lines.NextAsync(), CultureInfo.InvariantCulture);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.False(RemoteProcesses.Runs(process));
    }

    private static async Task RunsAsync(SshServer server)
    {
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);

        Assert.Equal(new CommandResult(3, "out\n", "err\n"), await shell.ScriptAsync("echo out; echo err >&2; exit 3"));
    }

    private static string Framed(string[] words) => "<>\n" + string.Concat(words.Select(word => $"<{word}>\n"));
}
