namespace XenMigrate.Tests;

public class RelocationConfiguratorTests
{
    private const string Closed =
        "# M\u00fcller\n(xend-relocation-server no)\n#(xend-relocation-port 8002)\n(xend-relocation-hosts-allow '^localhost$')\n";

    private const string Lsof = "COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\nxend    2345 root    5u  IPv4  12345      0t0  TCP *:8002 (LISTEN)\n";

    private readonly FakeTiming _timing = new();

    [Fact]
    public async Task What_is_read_has_lines_defaults_and_findings()
    {
        FakeXend xend = new("\n(xend-relocation-server yes)\n(xend-relocation-hosts-allow '^10\\.0')\n(xend-relocation-server no)\n");

        RelocationConfiguration read = await Configurator(xend).ReadAsync(default);

        Assert.Equal(("a", true, 8002, ""), (read.ComputerName, read.Server, read.Port, read.Address));
        Assert.Equal([@"^10\0"], read.HostsAllow);
        Assert.Equal(
            [("xend-relocation-server", "yes", false, 2), ("xend-relocation-port", "8002", true, null), ("xend-relocation-address", "", true, null)],
            read.Setting.Take(3).Select(setting => (setting.Name, setting.Value, setting.IsDefault, setting.Line)));
        Assert.Contains(read.Finding, finding => finding.Contains("single backslash"));
        Assert.Contains(read.Finding, finding => finding.Contains("line 4 sets it again"));
    }

    [Fact]
    public async Task A_plan_changes_nothing()
    {
        FakeXend xend = new(Closed);

        RelocationPlan plan = await Configurator(xend).PlanAsync(new RelocationSettings { Server = true, Port = 9002 }, default);

        Assert.Equal(Closed, xend.Configuration);
        Assert.Equal(
            "change line 2 from: (xend-relocation-server no) to: (xend-relocation-server yes); "
                + "change line 3 from: #(xend-relocation-port 8002) to: (xend-relocation-port 9002)",
            plan.ToString());
        Assert.Equal((true, 9002), (plan.Result.Server, plan.Result.Port));
    }

    [Fact]
    public async Task What_was_planned_is_written_and_read_again()
    {
        FakeXend xend = new(Closed);
        RelocationConfigurator configurator = Configurator(xend);
        RelocationPlan plan = await configurator.PlanAsync(new RelocationSettings { Server = true }, default);

        RelocationConfiguration written = await configurator.WriteAsync(plan, default);

        Assert.Equal(Closed.Replace("server no", "server yes"), xend.Configuration);
        Assert.Equal(("/etc/xen/xend-config.sxp.20261122-220000-000", Closed), xend.Backup);
        Assert.Equal((true, "/etc/xen/xend-config.sxp.20261122-220000-000"), (written.Server, written.BackupPath));
    }

    [Fact]
    public async Task A_file_that_changed_since_the_plan_is_left_alone()
    {
        FakeXend xend = new(Closed);
        RelocationConfigurator configurator = Configurator(xend);
        RelocationPlan plan = await configurator.PlanAsync(new RelocationSettings { Server = true }, default);
        xend.Configuration += "# somebody was here\n";

        ConfigurationWriteFailedException e =
            await Assert.ThrowsAsync<ConfigurationWriteFailedException>(() => configurator.WriteAsync(plan, default));

        Assert.Contains("somebody changed it", e.Message);
        Assert.EndsWith("# somebody was here\n", xend.Configuration);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("^a$  ^b$", null)]
    [InlineData(".*", null)]
    [InlineData("^a$", "")]
    public async Task A_host_is_not_opened_to_everybody_by_mistake(string there, string? wanted)
    {
        FakeXend xend = new($"(xend-relocation-server no)(xend-relocation-hosts-allow '{there}')");
        RelocationSettings settings = new() { Server = true, HostsAllow = wanted };

        await Assert.ThrowsAsync<RelocationUnrestrictedException>(() => Configurator(xend).PlanAsync(settings, default));
        RelocationPlan meant = await Configurator(xend).PlanAsync(settings with { AllowAnyHost = true }, default);

        Assert.True(meant.Result.Server);
    }

    [Fact]
    public async Task A_host_that_admits_everybody_on_one_network_is_not_opened_to_all_networks_by_mistake()
    {
        FakeXend xend = new("(xend-relocation-server yes)(xend-relocation-address '10.0.0.7')(xend-relocation-hosts-allow '')");
        RelocationSettings settings = new() { Address = "" };

        await Assert.ThrowsAsync<RelocationUnrestrictedException>(() => Configurator(xend).PlanAsync(settings, default));
        RelocationPlan meant = await Configurator(xend).PlanAsync(settings with { AllowAnyHost = true }, default);
        RelocationPlan narrower = await Configurator(xend).PlanAsync(new RelocationSettings { Address = "10.0.0.8" }, default);

        Assert.Equal(("", "10.0.0.8"), (meant.Result.Address, narrower.Result.Address));
    }

    [Fact]
    public async Task A_pattern_that_is_none_is_refused() => await Assert.ThrowsAsync<ConfigurationInvalidException>(
        () => Configurator(new FakeXend(Closed)).PlanAsync(new RelocationSettings { HostsAllow = "^(a$" }, default));

    [Fact]
    public async Task A_file_that_xend_does_not_read_is_refused_with_its_host()
    {
        ConfigurationInvalidException e = await Assert.ThrowsAsync<ConfigurationInvalidException>(
            () => Configurator(new FakeXend("(a b")).PlanAsync(new RelocationSettings { Server = false }, default));

        Assert.Equal("a:/etc/xen/xend-config.sxp", e.Path);
    }

    [Fact]
    public async Task A_wrong_value_can_be_mended()
    {
        FakeXend xend = new("(xend-relocation-port all)");

        await Assert.ThrowsAsync<ConfigurationInvalidException>(() => Configurator(xend).ReadAsync(default));
        RelocationPlan plan = await Configurator(xend).PlanAsync(new RelocationSettings { Port = 8002 }, default);

        Assert.Equal("(xend-relocation-port 8002)", plan.Text);
    }

    [Fact]
    public async Task After_a_restart_the_listener_is_waited_for()
    {
        FakeXend xend = new("(xend-relocation-server yes)");
        _ = xend.Shell.AnswersInTurn("lsof *", "", "", Lsof);
        RelocationConfigurator configurator = Configurator(xend);

        await configurator.RestartAsync(await configurator.ReadAsync(default), default);

        Assert.Contains("service xend restart", xend.Shell.Commands);
        Assert.Equal(TimeSpan.FromSeconds(1), _timing.Elapsed);
    }

    [Fact]
    public async Task A_listener_that_does_not_come_is_an_error()
    {
        FakeXend xend = new("(xend-relocation-server yes)(xend-relocation-port 9002)");
        _ = xend.Shell.Answers("lsof *", Lsof);
        RelocationConfigurator configurator = Configurator(xend);
        RelocationConfiguration configuration = await configurator.ReadAsync(default);

        RelocationDisabledException e = await Assert.ThrowsAsync<RelocationDisabledException>(
            () => configurator.RestartAsync(configuration, default));

        Assert.Equal(("a", 9002), (e.Host, e.Port));
    }

    [Fact]
    public async Task A_restart_that_fails_is_an_error()
    {
        FakeXend xend = new("(xend-relocation-server yes)");
        _ = xend.Shell.Fails("service *", "xend: unrecognized service");
        RelocationConfigurator configurator = Configurator(xend);
        RelocationConfiguration configuration = await configurator.ReadAsync(default);

        await Assert.ThrowsAsync<RemoteCommandFailedException>(() => configurator.RestartAsync(configuration, default));
    }

    [Theory]
    [InlineData("tcp        0      0 0.0.0.0:8002            0.0.0.0:*               LISTEN", true)]
    [InlineData("tcp6       0      0 :::8002                 :::*                    LISTEN", true)]
    [InlineData("xend 2345 root 5u IPv4 12345 0t0 TCP 10.0.0.8:8002 (LISTEN)", true)]
    [InlineData("xend 2345 root 5u IPv4 12345 0t0 TCP 10.0.0.8:18002 (LISTEN)", false)]
    [InlineData("xend 2345 root 5u IPv4 12345 0t0 TCP 10.0.0.8:8002->10.0.0.7:3 (ESTABLISHED)", false)]
    [InlineData("\0\u00ff", false)]
    public void A_listener_is_known_by_its_port(string line, bool expected) =>
        Assert.Equal(expected, RelocationListener.Listens(line + "\n", 8002));

    [Fact]
    public void A_host_of_xl_has_nothing_to_configure()
    {
        NotSupportedByToolstackException e = Assert.Throws<NotSupportedByToolstackException>(
            () => new RelocationConfigurator(new FakeXend("").Host(ToolstackKind.Xl), _timing.Timing));

        Assert.Contains("ssh", e.Advice);
    }

    [Theory]
    [InlineData("cat: what?")]
    [InlineData(" 0")]
    [InlineData(" 61 6")]
    [InlineData(" zz\n")]
    [InlineData("Welcome to Red Hat\n 61\n")]
    public async Task A_dump_that_is_none_is_refused(string output)
    {
        FakeXend xend = new("");
        _ = xend.Shell.Answers("od *", output);

        await Assert.ThrowsAsync<OutputNotUnderstoodException>(() => Configurator(xend).ReadAsync(default));
    }

    [Fact]
    public async Task Megabytes_are_refused_with_an_excerpt()
    {
        FakeXend xend = new("");
        _ = xend.Shell.Answers("od *", string.Concat(Enumerable.Repeat(" 61", 3_000_000)));

        OutputNotUnderstoodException e =
            await Assert.ThrowsAsync<OutputNotUnderstoodException>(() => Configurator(xend).ReadAsync(default));

        Assert.InRange(e.Output.Length, 1, 2000);
    }

    private RelocationConfigurator Configurator(FakeXend xend) => new(xend.Host(), _timing.Timing);
}
