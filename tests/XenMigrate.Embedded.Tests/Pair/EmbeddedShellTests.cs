namespace XenMigrate.Embedded.Tests.Pair;

public class EmbeddedShellTests
{
    [Fact]
    public async Task A_program_that_is_not_installed_is_not_found()
    {
        using TestPair pair = new();

        Assert.Equal(new CommandResult(127, "", "sh: xl: command not found\n"), await pair.On07("xl info"));
        Assert.Equal(127, (await pair.On07("ovs-vsctl list-br")).ExitCode);
        Assert.Equal(127, (await pair.On07("env A=b nothing")).ExitCode);
        Assert.Equal(1, (await pair.On07("which xe")).ExitCode);
    }

    [Fact]
    public async Task Words_are_words_and_no_shell_reads_them()
    {
        using TestPair pair = new();

        Assert.Equal("$(touch /x); `y` > z\n", (await pair.On07("echo '$(touch /x); `y` > z'")).Output);
        Assert.Equal(127, (await pair.On07("sh -c 'echo $HOME'")).ExitCode);
    }

    [Fact]
    public async Task Lines_arrive_in_order_with_the_stream_they_came_on()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt07");
        Lines lines = new();

        CommandResult result = await shell.RunAsync(
            new RemoteCommand("cat", "/etc/exports", "/nothing"), TimeSpan.FromSeconds(10), lines, default);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            [new OutputLine(false, "/var/lib/libvirt/images  *(rw,async,no_root_squash)"), new OutputLine(true, "cat: /nothing: No such file or directory")],
            lines.Seen);
    }

    [Fact]
    public async Task Many_commands_have_a_result_each()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt08");

        IReadOnlyList<CommandResult> results = await shell.RunAllAsync(
            [new("hostname", "-f"), new("false"), new("xe"), new("hostname", "-s")], TimeSpan.FromSeconds(10), default);

        Assert.Equal([0, 1, 127, 0], results.Select(result => result.ExitCode));
        Assert.Equal("et-virt08.lab.boston.redhat.com\n", results[0].Output);
        Assert.Empty(await shell.RunAllAsync([], TimeSpan.FromSeconds(10), default));
    }

    [Fact]
    public async Task Batches_have_their_own_results()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt08");

        IReadOnlyList<IReadOnlyList<CommandResult>> results = await shell.RunAtOnceAsync(
            [[new("false"), new("xe")], [], [new("hostname", "-s")]], TimeSpan.FromSeconds(10), default);

        Assert.Equal([[1, 127], [], [0]], results.Select(batch => batch.Select(result => result.ExitCode)));
    }

    [Fact]
    public async Task A_host_that_takes_no_files_says_so()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt08");

        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(
            () => shell.UploadAsync(new MemoryStream(), "/x", CancellationToken.None));

        Assert.Equal("et-virt08", e.Host);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt08");

        _ = await Assert.ThrowsAsync<HostTimeoutException>(() => shell.RunAsync(
            new RemoteCommand("tail", "-f", "/var/log/xen/xend.log"), TimeSpan.FromMilliseconds(20), null, default));
    }

    [Fact]
    public async Task Cancellation_ends_a_command()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt08");
        using CancellationTokenSource cancellation = new();
        Task<CommandResult> running = shell.RunAsync(new RemoteCommand("tail", "-f", "/var/log/xen/xend.log"), cancellation.Token);

        cancellation.Cancel();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(shell.IsConnected);
    }

    [Fact]
    public async Task A_broken_connection_is_told_at_once_and_a_new_session_works()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt08");
        Task<CommandResult> running = shell.RunAsync(new RemoteCommand("tail", "-f", "/var/log/xen/xend.log"), default);

        pair.Virt08.DropConnections();

        _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => running);
        Assert.Equal(0, (await pair.On08("true")).ExitCode);
    }

    [Fact]
    public async Task The_end_of_the_host_ends_what_nobody_waits_for_any_more()
    {
        using TestPair pair = new();
        Invocation call = new(
            ["tail", "-f", "/var/log/xen/xend.log"], new Dictionary<string, string>(), new CommandOutput(null), CancellationToken.None);
        Task<int> running = pair.Virt08.Programs.RunAsync(call);

        pair.Virt08.PowerOff();

        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_session_that_was_ended_runs_nothing()
    {
        using TestPair pair = new();
        IHostShell shell = pair.Shell("et-virt08");
        shell.Dispose();

        Assert.False(shell.IsConnected);
        _ = await Assert.ThrowsAsync<HostNotConnectedException>(() => shell.RunAsync(new RemoteCommand("true"), default));
    }

    [Fact]
    public async Task Following_a_log_shows_what_is_added()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt08");
        using CancellationTokenSource cancellation = new();
        Lines lines = new();
        Task<CommandResult> running = shell.RunAsync(
            new RemoteCommand("tail", "-n", "0", "-F", "/var/log/xen/new.log"), Timeout.InfiniteTimeSpan, lines, cancellation.Token);

        TestPair.Until(() => lines.Seen.Count == 1);
        pair.Virt08.Files.Append("/var/log/xen/new.log", "first\n");
        TestPair.Until(() => lines.Seen.Count == 2);
        pair.Virt08.Files.Append("/var/log/xen/new.log", "second\n");
        TestPair.Until(() => lines.Seen.Count == 3);
        cancellation.Cancel();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["first", "second"], lines.Seen.Where(line => !line.IsError).Select(line => line.Text));
    }

    [Fact]
    public async Task Any_words_end_with_an_exit_code()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt07");
        string[] programs = ["xm", "virsh", "stat", "tail", "head", "grep", "cat", "ls", "cp", "mv", "rm", "chmod", "df", "file", "test", "env",
            "time", "sh", "lsof", "nc", "ip", "brctl", "mkdir", "touch", "date", "hostname", "service", "pgrep", "kill", "getent", "showmount", "umount", "mount"];
        string[] words = ["list", "--long", "-c", "%d %", "--", "0", "5", "/etc/hosts", "/", "", "-n", "xend", "status", "-e", "et-virt08", "8002", "migrate", "save", "x=y", "show", "-", "info", "[", "+%"];
        Random random = new(20261123);

        for (int i = 0; i < 3000; i++)
        {
            string[] command = [programs[random.Next(programs.Length)], .. Enumerable.Range(0, random.Next(5)).Select(_ => words[random.Next(words.Length)])];
            CommandResult result = await shell.RunAsync(new RemoteCommand(command), TimeSpan.FromSeconds(30), null, default);
            Assert.InRange(result.ExitCode, 0, 255);
        }
    }

    private sealed class Lines : IProgress<OutputLine>
    {
        private readonly List<OutputLine> _seen = [];

        public IReadOnlyList<OutputLine> Seen
        {
            get
            {
                lock (_seen)
                {
                    return [.. _seen];
                }
            }
        }

        public void Report(OutputLine value)
        {
            lock (_seen)
            {
                _seen.Add(value);
            }
        }
    }
}
