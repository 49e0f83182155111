namespace XenMigrate.Tests;

public class ToolstackDetectionTests
{
    private const string BootId = "11111111-2222-3333-4444-555555555555";

    private readonly FakeTiming _timing = new();

    private readonly FakeShell _shell = new FakeShell("a")
        .Answers("date*", "1795384810.500000000\n")
        .Answers("cat*", BootId + "\n")
        .Answers("cat /etc/machine-id *", "0123456789abcdef0123456789abcdef\n")
        .Answers("grep*", "model name\t: QEMU: Virtual CPU\n")
        .Fails("which xe")
        .Answers("xl info", Fixture.Text("xl-info.4.17.txt"));

    [Fact]
    public async Task A_host_with_xl_is_described_in_one_execution()
    {
        MigrationHost host = await ConnectAsync();

        Assert.Single(_shell.Executions);
        Assert.Equal((ToolstackKind.Xl, "4.17.5", 735L), (host.Toolstack, host.XenVersion, host.FreeMemoryMB));
        Assert.Equal(("QEMU: Virtual CPU", BootId), (host.CpuModel, host.Session!.Information.BootId));
        Assert.Equal(HostSessionState.Connected, host.State);
        Assert.Equal((true, null), (host.Session.Named.Identity.Installation is not null, host.Session.Named.Identity.Hardware));
        Assert.Equal(_shell.Endpoint.HostKeyFingerprint, host.Session.Named.Identity.HostKey);
    }

    [Fact]
    public async Task The_clock_is_compared_with_the_middle_of_the_question()
    {
        double offset = DateTimeOffset.FromUnixTimeMilliseconds(1795384810500).Subtract(FakeTiming.Start).TotalSeconds - 0.5;
        _shell.Does("xl info", (_, _, _) =>
        {
            _timing.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(new CommandResult(0, Fixture.Text("xl-info.4.17.txt"), ""));
        });

        Assert.Equal(offset, (await ConnectAsync()).ClockOffset!.Value.TotalSeconds, precision: 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%s.%N")]
    [InlineData("99999999999999999999")]
    public async Task A_clock_that_tells_no_time_is_not_compared(string date)
    {
        _shell.Answers("date*", date);

        Assert.Equal(TimeSpan.Zero, (await ConnectAsync()).ClockOffset);
    }

    [Fact]
    public async Task A_host_of_xapi_is_left_to_xapi()
    {
        _shell.Answers("which xe", "/usr/bin/xe\n");

        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(() => ConnectAsync());

        Assert.Contains("xe vm-migrate", e.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(127, "sh: 1: xl: not found", typeof(ToolstackNotFoundException))]
    [InlineData(1, "cannot init xl context", typeof(PrivilegeRequiredException))]
    public async Task A_host_that_can_not_be_driven_says_why(int exitCode, string error, Type exception)
    {
        _shell.Fails("xl info", error, exitCode);

        Assert.IsType(exception, await Record.ExceptionAsync(() => ConnectAsync()));
    }

    [Fact]
    public async Task A_host_of_XenServers_without_its_tool_in_the_path_is_left_to_it_too()
    {
        _shell.Answers("test -e /etc/xensource-inventory", "");

        _ = await Assert.ThrowsAsync<NotSupportedByToolstackException>(() => ConnectAsync());
    }

    [Fact]
    public async Task Where_libvirt_is_too_xl_comes_first_and_leaves_its_guests_to_it()
    {
        MigrationHost host = await ConnectWithVirshAsync();

        Assert.Equal((ToolstackKind.Xl, ToolstackKind.Libvirt), (host.Toolstack, host.Session!.Toolstack.Alternative!.Kind));
        Assert.Equal(ToolstackKind.Libvirt, host.Session!.ToolstackOf(ToolstackKind.Libvirt).Kind);
        Assert.DoesNotContain(_shell.Commands, command => command.StartsWith("virsh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Libvirt_comes_first_on_request_and_leaves_the_other_guests_to_xl()
    {
        MigrationHost host = await ConnectWithVirshAsync(ToolstackKind.Libvirt);

        Assert.Single(_shell.Executions);
        Assert.Equal((ToolstackKind.Libvirt, ToolstackKind.Xl), (host.Toolstack, host.Session!.Toolstack.Alternative!.Kind));
        Assert.Equal("4.17.5", host.XenVersion);
    }

    [Fact]
    public async Task Xl_alone_has_all_guests_on_request()
    {
        MigrationHost host = await ConnectWithVirshAsync(ToolstackKind.Xl);

        Assert.Null(host.Session!.Toolstack.Alternative);
        _ = Assert.Throws<NotSupportedByToolstackException>(() => host.Session!.ToolstackOf(ToolstackKind.Libvirt));
    }

    [Theory]
    [InlineData(127, "sh: 1: virsh: not found", "virsh is not there")]
    [InlineData(1, "error: failed to connect to the hypervisor", "systemctl start libvirtd")]
    public async Task A_libvirt_that_is_wanted_and_does_not_answer_says_why(int exitCode, string error, string reason)
    {
        _shell.Fails("virsh -q -c xen:///system version", error, exitCode);

        ToolstackNotFoundException e = await Assert.ThrowsAsync<ToolstackNotFoundException>(() => ConnectAsync(ToolstackKind.Libvirt));

        Assert.Contains(reason, $"{e.Message} {e.Advice}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_xm_alone_is_one_of_xends()
    {
        _shell.Fails("xl info", "sh: xl: command not found", 127).Answers("xm info", Fixture.Text("xm-info.3.1.txt"));

        MigrationHost host = await ConnectAsync();

        Assert.Single(_shell.Executions);
        Assert.Equal((ToolstackKind.Xend, "3.1.2-92.el5", 3311L), (host.Toolstack, host.XenVersion, host.FreeMemoryMB));
    }

    [Fact]
    public async Task A_xend_that_does_not_run_says_so()
    {
        _shell.Fails("xl info", "", 127).Fails("xm info", "Error: Unable to connect to xend: Connection refused. Is xend running?");

        Assert.Contains("service xend start", (await Assert.ThrowsAsync<ToolstackNotFoundException>(() => ConnectAsync())).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xl_comes_first_and_xm_on_request()
    {
        _shell.Answers("xm info", Fixture.Text("xm-info.3.1.txt"));

        Assert.Equal(ToolstackKind.Xl, (await ConnectAsync()).Toolstack);
        Assert.Equal(ToolstackKind.Xend, (await ConnectAsync(ToolstackKind.Xend)).Toolstack);
    }

    [Fact]
    public async Task A_toolstack_that_is_wanted_and_missing_is_not_found() =>
        await Assert.ThrowsAsync<ToolstackNotFoundException>(() => ConnectAsync(ToolstackKind.Xend));

    [Fact]
    public void A_host_by_its_name_alone_has_no_session()
    {
        MigrationHost host = new("a");

        Assert.Equal((HostSessionState.NotConnected, null), (host.State, host.Session));
        Assert.Throws<ArgumentException>(() => new MigrationHost(" "));
    }

    private Task<MigrationHost> ConnectWithVirshAsync(ToolstackKind? wanted = null)
    {
        _shell.Answers("which virsh", "/usr/bin/virsh\n").Answers("virsh -q -c xen:///system version", "Running hypervisor: Xen 4.17.0\n");
        return ConnectAsync(wanted);
    }

    private async Task<MigrationHost> ConnectAsync(ToolstackKind? wanted = null) =>
        new(await ToolstackDetection.ConnectAsync(_shell, wanted, _timing.Timing.Now, CancellationToken.None));
}
