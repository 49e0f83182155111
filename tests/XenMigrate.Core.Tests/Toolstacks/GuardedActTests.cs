using System.IO;
using XenMigrate.Hosts;
using XenMigrate.Toolstacks;

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

        CommandResult result = await LocalShell.RunAsync(
            GuardedAct.Command(Expected() with { Toolstack = ToolstackKind.Xend }, new RemoteCommand("xm", "destroy", "5")), folder.Path);

        Assert.Equal(found is null ? "did destroy 5\n" : "", result.Output);
        Assert.StartsWith(found ?? "", GuardedAct.Found(result) ?? "", StringComparison.Ordinal);
    }

    [PosixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_whose_connection_broke_goes_on_to_its_end(bool look)
    {
        using TemporaryFolder folder = new();
        _ = folder.WriteScript("xl", $"""
            [ "$1" != list ] || exec printf '%s\n' '{Header}' '{Row("web")}'
            sleep 0.5
            echo saving >&2
            echo saving >&2
            echo ended > '{folder.Path}/ended'
            """);
        RemoteCommand command = GuardedAct.Command(Expected() with { LookAfterwards = look }, new RemoteCommand("xl", "save", "5", "/x"));

        using System.Diagnostics.Process process = LocalShell.Start(command.ToString(), folder.Path);
        int? told = RemoteProcess.Id((await process.StandardError.ReadLineAsync())!, RemoteProcess.Mark);
        process.StandardError.Close();
        process.StandardOutput.Close();
        Assert.True((await LocalShell.RunAsync($"kill -HUP {told}")).Succeeded);

        string ended = $"{folder.Path}/ended";
        for (int i = 0; i < 100 && !File.Exists(ended); i++)
        {
            await Task.Delay(100);
        }

        Assert.True(File.Exists(ended));
    }

    private static async Task<CommandResult> RunAsync(string shell, string row, Expectation expected)
    {
        using TemporaryFolder folder = new();
        _ = folder.WriteScript("xl", $"""
            [ "$1" = list ] || exec echo "did $*"
            printf '%s\n' '{Header}' '{row}'
            """);
        RemoteCommand command = GuardedAct.Command(expected, new RemoteCommand("xl", "destroy", "5"));
        RemoteCommand inShell = new([.. shell.Split(' '), .. command.Words.Skip(1)]);
        return await LocalShell.RunAsync(inShell, folder.Path);
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

    private static bool IsThere(string shell) => (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, shell.Split(' ')[0])));
}
