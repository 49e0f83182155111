namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>Moves of the embedded pair fail, and are ended, as real ones do.</summary>
public class BrokenMoveTests
{
    private const string LiveMove = "xm migrate --live guest et-virt07";

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
