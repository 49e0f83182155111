namespace XenMigrate.Tests;

/// <summary>The guarding scripts by real shells, with an xl and an xm that print what a test wants.</summary>
public class GuardedActTests
{
    private const string Header = "Name                                        ID   Mem VCPUs\tState\tTime(s)                                    UUID Reason-Code\tSecurity Label";

    private static readonly string[] s_shells = ["sh", "dash", "bash --posix", "busybox sh"];

    public static TheoryData<string> Shells => [.. s_shells.Where(IsThere)];

    [PosixTheory]
    [MemberData(nameof(Shells))]
    public async Task The_act_is_done_to_the_guest_that_was_meant(string shell)
    {
        CommandResult result = await RunAsync(shell, Row("web 5 x"), Expected() with { Name = "web 5 x" });

        Assert.Equal((0, "did destroy 5\n"), (result.ExitCode, result.Output));
    }

    [PosixTheory]
    [InlineData("web", 5, "c164eace-15c0-4f26-8922-786e23f5bb4b", "--p---", "53.1", "another guest: web, uuid c164eace")]
    [InlineData("db", 5, null, "--p---", "53.1", "its name is db")]
    [InlineData("web 5", 5, null, "--p---", "53.1", "its name is web 5")]
    [InlineData("web", 5, null, "-b----", "53.1", "it is running")]
    [InlineData("web", 5, null, "------", "53.1", "it is running")]
    [InlineData("web", 5, null, "---ss-", "53.1", "it is suspended")]
    [InlineData("web", 5, null, "---sr-", "53.1", "it is shutdown")]
    [InlineData("web", 5, null, "--ps-d", "53.1", "it is dying")]
    [InlineData("web", 5, null, "--p---", "53.2", "it ran meanwhile: 53.2 s")]
    [InlineData("web", 6, null, "--p---", "53.1", "another guest: web, id 6")]
    public async Task Nothing_is_done_to_a_guest_that_is_not_as_it_was(string name, int id, string? uuid, string state, string time, string found)
    {
        CommandResult result = await RunAsync("sh", Row(name, id, uuid, state, time), Expected() with { Used = "53.1" });

        Assert.Equal((GuardedAct.Refused, ""), (result.ExitCode, result.Output));
        Assert.Contains(found, GuardedAct.Found(result), StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task A_guest_that_is_gone_and_a_host_that_was_booted_again_are_told()
    {
        Assert.Equal("no guest with id 5", GuardedAct.Found(await RunAsync("sh", "", Expected())));
        Assert.Equal("the host was booted again", GuardedAct.Found(await RunAsync(
            "sh", Row("web"), Expected() with { BootId = "11111111-1111-1111-1111-111111111111" })));
    }

    [PosixFact]
    public async Task No_guest_is_restored_beside_itself()
    {
        Expectation absent = new() { Toolstack = ToolstackKind.Xl, Uuid = A.Uuid };

        Assert.StartsWith("one is there: 5 ", GuardedAct.Found(await RunAsync("sh", Row("other"), absent)), StringComparison.Ordinal);
        Assert.Equal("did destroy 5\n", (await RunAsync("sh", Row("web", uuid: "c164eace-15c0-4f26-8922-786e23f5bb4b"), absent)).Output);
    }

    [PosixFact]
    public async Task The_time_that_a_saved_guest_used_is_told_with_the_save()
    {
        CommandResult result = await RunAsync("sh", Row("web"), Expected() with { LookAfterwards = true });

        Assert.Equal("53.1", GuardedAct.Left(result));
        Assert.DoesNotContain("xenmigrate-", GuardedAct.Without(result).Error, StringComparison.Ordinal);
    }

    [PosixTheory]
    [InlineData("(shutdown_reason crash)", "b164eace-15c0-4f26-8922-786e23f5bb4b", "--p---", null)]
    [InlineData("(shutdown_reason suspend)", "b164eace-15c0-4f26-8922-786e23f5bb4b", "---s--", "it is suspended")]
    [InlineData("", "c164eace-15c0-4f26-8922-786e23f5bb4b", "--p---", "another guest")]
    [InlineData("", "b164eace-15c0-4f26-8922-786e23f5bb4b", "-b----", "it is running")]
    public async Task Guests_of_xend_are_looked_at_by_xm(string reason, string uuid, string state, string? found)
    {
        using TemporaryFolder folder = new();
        string table = "Name                                        ID   Mem VCPUs      State   Time(s)\n"
            + $"web                                          5   128     1     {state}     53.1";
        _ = folder.WriteScript("xm", $"""
            case "$1 $2" in
            "list 5") printf '%s\n' '{table}' ;;
            "list --long") echo '(domain' '(domid 5)' '(uuid {uuid})' '{reason})' ;;
            *) echo "did $*" ;;
            esac
            """);

        RemoteCommand command = GuardedAct.Command(Expected() with { Toolstack = ToolstackKind.Xend }, new RemoteCommand("xm", "destroy", "5"));
        CommandResult result = await LocalShell.RunAsync($"XENMIGRATE_RUN={folder.Path}/run {command}", folder.Path);

        Assert.Equal(found is null ? "did destroy 5\n" : "", result.Output);
        Assert.StartsWith(found ?? "", GuardedAct.Found(result) ?? "", StringComparison.Ordinal);
    }

    public static TheoryData<string> Breaks => ["close", "HUP", "PIPE"];

    [PosixTheory]
    [MemberData(nameof(Breaks))]
    public async Task A_tool_that_lasts_goes_on_to_its_end_when_the_connection_breaks(string how)
    {
        using TemporaryFolder folder = new();
        // What libxl starts for xl has SIGPIPE as it is by default, whatever xl ignores.
        string child = folder.WriteScript("child.py", "");
        File.WriteAllText(child, "#!/usr/bin/perl\n$SIG{PIPE} = 'DEFAULT'; $| = 1; for (1..20) { print STDERR \"xc: progress\\n\"; select(undef, undef, undef, 0.05); }\nexit 3;\n");
        _ = folder.WriteScript("xl", $"""
            [ "$1" != list ] || exec printf '%s\n' '{Header}' '{Row("web")}'
            '{child}'
            echo "child $?" > '{folder.Path}/ended'
            exit 5
            """);
        LeaseHolder holder = new(Guid.NewGuid(), "test");
        RemoteCommand command = GuardedAct.Command(
            Expected() with { Lasts = true, Alone = false, Holder = holder, TakesLease = true }, new RemoteCommand("xl", "save", "5", "/x"));

        using System.Diagnostics.Process process = LocalShell.Start($"export XENMIGRATE_RUN={folder.Path}/run; exec setsid {command}", folder.Path);
        int told = RemoteProcess.Id((await process.StandardError.ReadLineAsync())!, RemoteProcess.Mark)!.Value;
        Assert.Equal($"runs {told}\n", (await WorkAsync(folder, holder)).Output);
        process.StandardError.Close();
        process.StandardOutput.Close();
        if (how != "close")
        {
            // sshd tells the whole group of what it started.
            Assert.True((await LocalShell.RunAsync($"kill -{how} -{process.Id}")).Succeeded);
        }

        for (int i = 0; i < 2_000 && (await WorkAsync(folder, holder)).Output.StartsWith("runs", StringComparison.Ordinal); i++)
        {
            await Task.Delay(50);
        }

        Assert.Equal("ended 5\n", (await WorkAsync(folder, holder)).Output);
        Assert.Equal("child 3\n", File.ReadAllText($"{folder.Path}/ended"));
    }

    [PosixFact]
    public async Task A_tool_that_lasts_says_what_it_says_and_ends_as_it_ends()
    {
        using TemporaryFolder folder = new();
        _ = folder.WriteScript("xl", $"""
            [ "$1" != list ] || exec printf '%s\n' '{Header}' '{Row("web")}'
            echo "out $*"
            echo "error $*" >&2
            exit 7
            """);
        RemoteCommand command = GuardedAct.Command(
            Expected() with { Lasts = true, LookAfterwards = true }, new RemoteCommand("xl", "save", "5", "/my image"));

        CommandResult result = await LocalShell.RunAsync($"XENMIGRATE_RUN={folder.Path}/run {command}", folder.Path);

        Assert.Equal((7, "out save 5 /my image\n"), (result.ExitCode, result.Output));
        Assert.Equal("error save 5 /my image\n", GuardedAct.Without(result).Error);
        Assert.Equal("53.1", GuardedAct.Left(result));
    }

    [PosixFact]
    public async Task A_tool_that_is_killed_with_all_that_started_it_has_ended()
    {
        using TemporaryFolder folder = new();
        _ = folder.WriteScript("xl", $"""
            [ "$1" != list ] || exec printf '%s\n' '{Header}' '{Row("web")}'
            kill -9 $$
            """);
        LeaseHolder holder = new(Guid.NewGuid(), "test");
        RemoteCommand command = GuardedAct.Command(
            Expected() with { Lasts = true, Holder = holder, TakesLease = true }, new RemoteCommand("xl", "save", "5", "/x"));

        CommandResult result = await LocalShell.RunAsync($"XENMIGRATE_RUN={folder.Path}/run {command}", folder.Path);

        Assert.Equal(137, result.ExitCode);
        Assert.Equal("ended 137\n", (await WorkAsync(folder, holder)).Output);
    }

    [PosixTheory]
    [InlineData("/usr/sbin/xl migrate 5 c", true)]
    [InlineData("xl -vvv migrate web c", true)]
    [InlineData("/usr/lib/xen/bin/libxl-save-helper --save-domain 12 13 5 1", true)]
    [InlineData("xl save 6 /x", false)]
    [InlineData("xl migrate-receive", false)]
    [InlineData("vi xl save 5", false)]
    public async Task A_guest_that_another_tool_works_on_is_left_to_it(string words, bool isBusy)
    {
        using TemporaryFolder folder = new();
        _ = folder.WriteScript("ps", $"printf '%s\n' /sbin/init '{words}'");

        CommandResult result = await RunAsync("sh", Row("web"), Expected(), folder.Path);

        Assert.Equal(isBusy ? $"somebody else is at work on it: {words}" : null, GuardedAct.Found(result));
        Assert.Equal(isBusy ? "" : "did destroy 5\n", result.Output);
    }

    [PosixFact]
    public async Task Who_holds_no_lease_does_nothing_to_a_guest_that_somebody_holds()
    {
        using TemporaryFolder folder = new();
        LeaseHolder holder = new(Guid.NewGuid(), "one@client");
        _ = await LocalShell.RunAsync($"XENMIGRATE_RUN={folder.Path}/run {LeaseCommands.Take(A.Uuid, holder, "web")}");

        Assert.Equal(LeaseScript.Refused, (await RunAsync("sh", Row("web"), Expected(), folder.Path)).ExitCode);
        Assert.Equal(0, (await RunAsync("sh", Row("web"), Expected() with { Holder = holder }, folder.Path)).ExitCode);
    }

    // Whatever the tool says: xl destroy may complain of a device, and the guest is gone all the same.
    [PosixTheory]
    [InlineData(0, true, true)]
    [InlineData(1, true, true)]
    [InlineData(0, false, true)]
    [InlineData(1, false, false)]
    public async Task A_host_remembers_which_copy_it_gave_a_guest_away_to(int code, bool isGone, bool remembers)
    {
        using TemporaryFolder folder = new();
        _ = folder.WriteScript("xl", $"""
            if [ "$1" = destroy ]; then
              [ {(isGone ? 1 : 0)} = 0 ] || touch {folder.Path}/gone
              exit {code}
            fi
            [ ! -e {folder.Path}/gone ] || exit 1
            printf '%s\n' '{Header}' '{Row("web")}'
            """);
        GivenGuest copy = new("22222222-2222-2222-2222-222222222222", 9);

        CommandResult result = await LocalShell.RunAsync(
            $"mkdir {folder.Path}/run; export XENMIGRATE_RUN={folder.Path}/run; {GuardedAct.Command(Expected() with { Gives = copy }, new RemoteCommand("xl", "destroy", "5"))}", folder.Path);

        HostNotes notes = LeaseCommands.List.Read([await LocalShell.RunAsync($"XENMIGRATE_RUN={folder.Path}/run {LeaseCommands.List.Commands[0]}")]);
        Assert.Equal(code, result.ExitCode);
        Assert.Equal(remembers ? copy : null, notes.Given(A.Uuid));
        Assert.Equal((await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id")).Trim(), notes.BootId);
    }

    private static Task<CommandResult> WorkAsync(TemporaryFolder folder, LeaseHolder holder) =>
        LocalShell.RunAsync($"XENMIGRATE_RUN={folder.Path}/run {LeaseCommands.Work(A.Uuid, holder)}");

    private static async Task<CommandResult> RunAsync(string shell, string row, Expectation expected, string? path = null)
    {
        using TemporaryFolder folder = new();
        _ = folder.WriteScript("xl", $"""
            [ "$1" = list ] || exec echo "did $*"
            printf '%s\n' '{Header}' '{row}'
            """);
        RemoteCommand command = GuardedAct.Command(expected, new RemoteCommand("xl", "destroy", "5"));
        RemoteCommand inShell = new([.. shell.Split(' '), .. command.Words.Skip(1)]);
        return await LocalShell.RunAsync(
            $"export XENMIGRATE_RUN={path ?? folder.Path}/run; {inShell}", path is null ? folder.Path : $"{path}:{folder.Path}");
    }

    private static Expectation Expected() => new()
    {
        Toolstack = ToolstackKind.Xl,
        Id = 5,
        Uuid = A.Uuid,
        Name = "web",
        States = Expectation.Paused,
    };

    private static string Row(string name, int id = 5, string? uuid = null, string state = "--p---", string time = "53.1") =>
        $"{name,-40} {id,5}   128     1     {state}  {time,8} {uuid ?? A.Uuid.ToString()}        -                -";

    private static bool IsThere(string shell) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, shell.Split(' ')[0])));
}
