namespace XenMigrate.Embedded.Tests.Pair;

public class FaultTests
{
    [Fact]
    public async Task A_renamed_bridge_shows_everywhere()
    {
        using TestPair pair = new();
        pair.Virt07.Dom0.Bridge.Rename("xenbr0");

        Assert.Contains(": xenbr0: ", await ChapterTests.Output(pair.On07("ip -o link show type bridge")));
        Assert.Contains("xenbr0\t", await ChapterTests.Output(pair.On07("brctl show")));

        pair.Pair.Reset();
        Assert.Contains(": xenbr1: ", await ChapterTests.Output(pair.On07("ip -o link show type bridge")));
    }

    [Fact]
    public async Task A_relocation_server_that_is_off_listens_nowhere()
    {
        using TestPair pair = new();
        pair.Virt07.Faults.SetRelocation(false);

        Assert.Contains("(xend-relocation-server no)", await ChapterTests.Output(pair.On07("cat /etc/xen/xend-config.sxp")));
        Assert.Equal(1, (await pair.On07("lsof -i :8002")).ExitCode);
        Assert.Equal(1, (await pair.On08("nc -z -w 5 et-virt07 8002")).ExitCode);

        pair.Pair.Reset();
        Assert.Equal(0, (await pair.On08("nc -z -w 5 10.0.0.7 8002")).ExitCode);
    }

    [Fact]
    public async Task A_blocked_port_listens_and_cant_be_reached()
    {
        using TestPair pair = new();
        pair.Virt07.Faults.BlockPort(8002);

        Assert.Equal(0, (await pair.On07("lsof -i :8002")).ExitCode);
        Assert.Equal(1, (await pair.On08("nc -z -w 5 et-virt07 8002")).ExitCode);

        pair.Pair.Reset();
        Assert.Equal(0, (await pair.On08("nc -z -w 5 et-virt07 8002")).ExitCode);
    }

    [Fact]
    public async Task A_skewed_clock_shows_in_date_and_not_in_the_uptime()
    {
        using TestPair pair = new();
        double before = await SecondsAsync();
        pair.Virt07.Machine.ClockOffset = TimeSpan.FromHours(4);

        Assert.InRange(await SecondsAsync() - before, 4 * 3600, (4 * 3600) + 60);
        Assert.Contains("up 12 days,  3:04", await ChapterTests.Output(pair.On07("uptime")));

        async Task<double> SecondsAsync() => double.Parse(
            await ChapterTests.Output(pair.On07("date +%s.%N")), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Short_memory_shows_in_xm_info_and_keeps_a_guest_from_starting()
    {
        using TestPair pair = new();
        pair.Virt08.Faults.LimitFreeMemory(100);

        Assert.Contains("free_memory            : 100\n", await ChapterTests.Output(pair.On08("xm info")));
        CommandResult result = await pair.On08("xm create testvm1");
        Assert.Equal((1, "Error: Not enough memory is available, and dom0 cannot be shrunk any further\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_guest_takes_memory_and_gives_it_back()
    {
        using TestPair pair = new();

        Assert.Equal(4096 - 512, pair.Virt08.Hypervisor.FreeMB);
        _ = pair.Add("small", megabytes: 16);
        Assert.Equal(4096 - 512 - 16, pair.Virt08.Hypervisor.FreeMB);
        _ = await ChapterTests.Output(pair.On08("xm destroy small"));
        Assert.Equal(4096 - 512, pair.Virt08.Hypervisor.FreeMB);
    }

    [Fact]
    public async Task A_cut_link_lets_nobody_through_until_it_is_mended()
    {
        using TestPair pair = new();
        pair.Virt07.Faults.CutLink();

        Assert.Equal(1, (await pair.On08("nc -z -w 5 et-virt07 8002")).ExitCode);
        pair.Virt07.Faults.RestoreLink();
        Assert.Equal(0, (await pair.On08("nc -z -w 5 et-virt07 8002")).ExitCode);
    }

    [Fact]
    public async Task A_slowed_link_still_carries_a_connection()
    {
        using TestPair pair = new();
        pair.Virt07.Faults.SlowLink(1_000_000);

        Assert.Equal(0, (await pair.On08("nc -z -w 5 et-virt07 8002")).ExitCode);
        Assert.Equal(LinkFaults.None with { BytesPerSecond = 1_000_000 }, pair.Pair.Network.Faults);
    }

    [Fact]
    public async Task A_host_without_power_breaks_its_sessions_and_loses_its_guests()
    {
        using TestPair pair = new("small");
        using IHostShell shell = pair.Shell("et-virt08");
        Task<CommandResult> running = shell.RunAsync(new RemoteCommand("tail", "-F", "/var/log/xen/xend.log"), default);
        Guid boot = pair.Virt08.Machine.BootId;

        pair.Virt08.PowerOff();

        _ = await Assert.ThrowsAsync<HostDisconnectedException>(() => running);
        Assert.False(shell.IsConnected);
        _ = Assert.Throws<HostUnreachableException>(() => pair.Shell("et-virt08"));
        Assert.Equal(1, (await pair.On07("nc -z -w 5 et-virt08 8002")).ExitCode);

        pair.Virt08.PowerOn();
        Assert.Empty(pair.Virt08.Hypervisor.Domains);
        Assert.NotEqual(boot, pair.Virt08.Machine.BootId);
        Assert.Equal(0, (await pair.On07("nc -z -w 5 et-virt08 8002")).ExitCode);
    }

    [Fact]
    public void A_hosts_allow_that_is_no_regular_expression_keeps_xend_from_starting()
    {
        using TestPair pair = new();

        _ = Assert.Throws<ConfigurationInvalidException>(() => pair.Virt07.Faults.SetHostsAllow("^(broken"));
        Assert.False(pair.Virt07.Xend.IsRunning);
        pair.Pair.Reset();
        Assert.True(pair.Virt07.Xend.IsRunning);
    }
}
