namespace XenMigrate.Embedded.Tests.Pair;

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

    public static TheoryData<string, string> Failures => new()
    {
        { "relocation off", "^Error: can't connect: Connection refused\n$" },
        { "port blocked", "^Error: can't connect: Connection timed out\n$" },
        { "link cut", "^Error: can't connect: No route to host\n$" },
        { "not allowed", @"^Error: can't connect: \[Errno 104\] Connection reset by peer\n$" },
        { "memory short", "^Error: .*Not enough memory is available, and dom0 cannot be shrunk any further" },
        { "name taken", "^Error: .*VM name 'guest' already exists as domain 1" },
        { "power off", "^Error: can't connect: No route to host\n$" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_move_that_fails_leaves_the_guest_running_where_it_was(string fault, string error)
    {
        using TestPair pair = new("guest");
        Break(pair.Virt07, fault);
        int free = pair.Virt07.Hypervisor.FreeMB;

        CommandResult result = await pair.On08(LiveMove);

        Assert.Equal(1, result.ExitCode);
        Assert.Matches(error, result.Error);
        Domain guest = Guest(pair.Virt08);
        Assert.Equal(("guest", "-b----", null), (guest.Guest.Name, guest.State, guest.BusyWith));
        TestPair.Until(() => pair.Virt07.Hypervisor.FreeMB == free);
        long beats = guest.Guest.Beats;
        TestPair.Until(() => guest.Guest.Beats > beats);

        // And once it is mended the same command works.
        foreach (Domain other in pair.Virt07.Hypervisor.Domains)
        {
            pair.Virt07.Hypervisor.Remove(other);
        }

        pair.Pair.Reset();
        Assert.Equal(new CommandResult(0, "", ""), await pair.On08(LiveMove));
    }

    [Theory]
    [InlineData("bridge missing", "Device 0 (vif) could not be connected. Hotplug scripts not working.")]
    [InlineData("disk missing", "Device 51712 (tap) could not be connected.")]
    public async Task A_guest_whose_devices_can_not_be_connected_is_lost_on_both_hosts_as_with_the_real_xend(string fault, string error)
    {
        using TestPair pair = new("guest");
        Break(pair.Virt07, fault);

        CommandResult result = await pair.On08(LiveMove);

        Assert.Equal(new CommandResult(0, "", ""), result);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count + pair.Virt08.Hypervisor.Domains.Count == 0);
        using IHostShell shell = pair.Shell("et-virt07");
        IReadOnlyList<string> log = await XendDestinationLog.ReadAsync(shell, TimeSpan.FromMinutes(5));
        Assert.Contains(log, line => line.Contains($"ERROR (XendCheckpoint:357) {error}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_move_that_fails_tells_its_reason_on_one_stream_and_its_usage_on_the_other()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Machine.Xen = pair.Virt08.Machine.Xen = new(4, 4, ".4");
        Break(pair.Virt07, "port blocked");

        CommandResult result = await pair.On08(LiveMove);

        Assert.Equal("WARNING: xend/xm is deprecated.\nError: can't connect: Connection timed out\n", result.Error);
        Assert.StartsWith("Usage: xm migrate <Domain> <Host>\n", result.Output);
    }

    [Theory]
    [InlineData(@"^et-virt08\.lab\.boston\.redhat\.com$", true)]
    [InlineData(@"^10\.0\.0\.8$", true)]
    [InlineData("^et-virt07", false)]
    [InlineData("^localhost$  ", true)]
    public async Task Hosts_allow_decides_who_may_send(string hostsAllow, bool admits)
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SetHostsAllow(hostsAllow);

        Assert.Equal(admits ? 0 : 1, (await pair.On08(LiveMove)).ExitCode);
        Assert.Equal(
            !admits,
            (await pair.On07("cat /var/log/xen/xend.log")).Output.Contains("Rejected connection from 10.0.0.8 (et-virt08.lab.boston.redhat.com).", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_a_guest_stays_a_while_after_a_move_that_was_ended()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(1 << 20);
        Task<CommandResult> moving = pair.On08(LiveMove);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);
        Assert.Equal(0, (await pair.On08("pkill -TERM -f 'xc_save [0-9]+ 1 '")).ExitCode);

        Assert.Equal(1, (await moving).ExitCode);
        CommandResult left = await pair.On07("xm list");

        Assert.Matches(@"(?m)^guest +1 +8 +0 +--p---", left.Output);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 0);
        Assert.Equal("-b----", Guest(pair.Virt08).State);
    }

    [Fact]
    public async Task Wherever_the_link_is_cut_one_copy_runs()
    {
        using TestPair pair = new();
        Random random = new(20261123);
        for (int i = 0; i < 20; i++)
        {
            pair.Pair.Reset();
            _ = pair.Add("guest", megabytes: 2, extra: "dirty=1 working-set=1");
            pair.Virt07.Faults.CutLinkAfter(random.Next(1_600_000));

            CommandResult result = await pair.On08(LiveMove);

            TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count + pair.Virt08.Hypervisor.Domains.Count == 1);
            EmbeddedHost host = result.ExitCode == 0 ? pair.Virt07 : pair.Virt08;
            Domain guest = Guest(host);
            TestPair.Until(() => guest.State == "r-----" && guest.BusyWith is null);
            Assert.Equal("guest", guest.Guest.Name);
            host.Domains.Destroy("guest");
        }
    }

    [Fact]
    public async Task Ending_xc_save_aborts_a_live_move()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(2_000_000);
        Task<CommandResult> moving = pair.On08(LiveMove);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        Assert.Equal(1, (await pair.On08("pkill -TERM -f 'xc_save [0-9]+ 2 '")).ExitCode);
        Assert.Equal(0, (await pair.On08("pkill -TERM -f 'xc_save [0-9]+ 1 '")).ExitCode);

        Assert.StartsWith("Error: /usr/lib64/xen/bin/xc_save 22 1 0 0 1 failed", (await moving).Error);
        Assert.Equal(("guest", "-b----"), (Guest(pair.Virt08).Guest.Name, Guest(pair.Virt08).State));
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 0);
        Assert.Equal(1, (await pair.On08("pkill -TERM -f 'xc_save [0-9]+ 1 '")).ExitCode);
    }

    [Fact]
    public async Task Cancelling_the_command_aborts_a_live_move()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(2_000_000);
        using CancellationTokenSource cancellation = new();
        Task<CommandResult> moving = pair.RunAsync("et-virt08", LiveMove, cancellation.Token);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        cancellation.Cancel();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => moving);
        Assert.Equal("-b----", Guest(pair.Virt08).State);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 0);
    }

    [Fact]
    public async Task A_broken_session_does_not_stop_the_move()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(8_000_000);
        Task<CommandResult> moving = pair.On08(LiveMove);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        pair.Virt08.DropConnections();

        _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => moving);
        TestPair.Until(() => pair.Virt08.Hypervisor.Domains.Count == 0);
        Assert.Equal("-b----", Guest(pair.Virt07).State);
    }

    [Fact]
    public async Task A_destination_that_loses_power_leaves_the_guest_at_the_source()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(2_000_000);
        Task<CommandResult> moving = pair.On08(LiveMove);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        pair.Virt07.PowerOff();

        Assert.Equal(1, (await moving).ExitCode);
        Assert.Equal(("guest", "-b----"), (Guest(pair.Virt08).Guest.Name, Guest(pair.Virt08).State));
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 0);
    }

    [Fact]
    public async Task A_source_that_loses_power_leaves_nothing_half_built()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.SlowLink(2_000_000);
        Task<CommandResult> moving = pair.On08(LiveMove);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        pair.Virt08.PowerOff();

        _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => moving);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 0 && pair.Virt08.Hypervisor.Domains.Count == 0);
    }

    [Fact]
    public void A_guest_that_arrives_as_its_host_loses_power_is_lost_with_it()
    {
        using TestPair pair = new("guest");
        EmbeddedGuest guest = Guest(pair.Virt08).Guest;
        IncomingGuests incoming = new(pair.Virt07.Dom0);
        EmbeddedGuest arrived = incoming.Reserve(new IncomingGuest(
            new DomainIdentity(guest.Name, guest.Uuid, guest.Description), guest.Memory.Pages, guest.Cpu.Registers));
        pair.Virt07.PowerOff();

        incoming.Activate(arrived, paused: false);

        Assert.Empty(pair.Virt07.Hypervisor.Domains);
        Assert.False(arrived.Running);
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

    private static void Break(EmbeddedHost host, string fault)
    {
        switch (fault)
        {
            case "relocation off":
                host.Faults.SetRelocation(false);
                break;
            case "port blocked":
                host.Faults.BlockPort(8002);
                break;
            case "link cut":
                host.Faults.CutLink();
                break;
            case "not allowed":
                host.Faults.SetHostsAllow("^et-virt09$");
                break;
            case "memory short":
                host.Faults.LimitFreeMemory(7);
                break;
            case "bridge missing":
                host.Dom0.Bridge.Rename("xenbr0");
                break;
            case "disk missing":
                host.Faults.UnmountStorage();
                break;
            case "name taken":
                _ = host.Files.Write("/etc/xen/guest", "name = 'guest'\nmemory = 8\n");
                _ = host.Domains.Create("guest", paused: false);
                break;
            case "power off":
                host.PowerOff();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault));
        }
    }
}
