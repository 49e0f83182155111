namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>Guests of the embedded pair move as those of real hosts do.</summary>
public class MoveTests
{
    private const string LiveMove = "xm migrate --live guest et-virt07";

    [Fact]
    public async Task A_guest_moves_there_and_back_and_never_notices()
    {
        using TestPair pair = new("guest");
        TestPair.Until(() => Guest(pair.Virt08).Guest.Beats > 3);
        long beats = Guest(pair.Virt08).Guest.Beats;

        Assert.Equal(new CommandResult(0, "", ""), await pair.On08(LiveMove));
        Assert.Empty(await ChapterTests.Guests(pair.On08("virsh list")));
        Assert.Equal("guest blocked", Assert.Single(await ChapterTests.Guests(pair.On07("virsh list"))));
        Assert.True(Guest(pair.Virt07).Guest.Beats >= beats);

        beats = Guest(pair.Virt07).Guest.Beats;
        Assert.Equal(new CommandResult(0, "", ""), await pair.On07("virsh migrate --live guest xen://et-virt08/"));
        Assert.Empty(pair.Virt07.Hypervisor.Domains);
        Assert.Equal(2, Guest(pair.Virt08).Id);
        TestPair.Until(() => Guest(pair.Virt08).Guest.Beats > beats);
        Assert.Equal(4096 - 512, pair.Virt07.Hypervisor.FreeMB);
    }

    [Fact]
    public async Task A_move_that_is_told_how_tells_how_it_went()
    {
        using TestPair pair = new();
        _ = pair.Add("guest", extra: "dirty=4 working-set=1");

        CommandResult result = await pair.On08("env XENMIGRATE_PRECOPY=downtime=0.3,fallback=abort xm migrate --live guest 10.0.0.7");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        PreCopyReport?[] reports = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(PreCopyReport.Parse)];
        Assert.All(reports, Assert.NotNull);
        Assert.Single(reports.OfType<PreCopyReport.GuestSuspended>());
        Assert.Equal(2048, reports.OfType<PreCopyReport.RoundEnded>().First().Iteration.Pages);
        Assert.True(Assert.IsType<PreCopyReport.TransferEnded>(reports[^1]).Moved);
        Assert.Equal("r-----", Guest(pair.Virt07).State);
    }

    [Fact]
    public async Task A_move_without_live_stands_still_and_arrives_running()
    {
        using TestPair pair = new("guest");

        Assert.Equal(new CommandResult(0, "", ""), await pair.On08("xm migrate guest et-virt07"));

        Assert.Empty(pair.Virt08.Hypervisor.Domains);
        Assert.Equal("-b----", Guest(pair.Virt07).State);
    }

    [Fact]
    public async Task The_logs_of_both_hosts_tell_of_it()
    {
        using TestPair pair = new("guest");

        _ = await pair.On08(LiveMove);

        string source = (await pair.On08("cat /var/log/xen/xend.log")).Output;
        Assert.Matches(@"(?m)^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d 3252\] DEBUG \(XendCheckpoint:89\) \[xc_save\]: /usr/lib64/xen/bin/xc_save 22 1 0 0 1$", source);
        Assert.Matches(@"(?m)1: sent 2048, skipped 0, delta \d+ms, dom0 \d+%, target \d+%, sent \d+Mb/s, dirtied \d+Mb/s \d+ pages$", source);
        Assert.Contains("In saveInputHandler suspend", source);
        Assert.Contains("[xc_restore]", (await pair.On07("cat /var/log/xen/xend.log")).Output);
    }

    [Fact]
    public async Task The_guest_has_another_name_while_it_moves()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(8_000_000);
        Task<CommandResult> moving = pair.On08(LiveMove);

        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);
        Assert.Contains("migrating-guest ", (await pair.On08("xm list")).Output);
        Assert.Contains("is busy", (await pair.On08("xm destroy 1")).Error);

        Assert.Equal(0, (await moving).ExitCode);
        Assert.Equal("guest", Guest(pair.Virt07).Guest.Name);
    }

    [Fact]
    public async Task A_guest_notices_that_the_clock_there_is_another()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Machine.ClockOffset = TimeSpan.FromHours(4);

        _ = await pair.On08(LiveMove);

        TestPair.Until(() => pair.On07("tail -c 65536 -- /var/log/xen/console/guest-guest.log").GetAwaiter().GetResult()
            .Output.Contains("guest GAP wall 14", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guest_whose_console_has_no_log_starts_and_moves_all_the_same()
    {
        using TestPair pair = new();
        _ = pair.Virt08.Files.Write("/etc/xen/guest", "name = 'a/b'\nmemory = 8\n");

        Assert.Equal(0, (await pair.On08("xm create guest")).ExitCode);
        Assert.Equal(new CommandResult(0, "", ""), await pair.On08("xm migrate --live a/b et-virt07"));

        Assert.Equal(("a/b", "-b----", null), (Guest(pair.Virt07).Guest.Name, Guest(pair.Virt07).State, Guest(pair.Virt07).BusyWith));
    }

    private static Domain Guest(EmbeddedHost host) => Assert.Single(host.Hypervisor.Domains);
}
