namespace XenMigrate.Embedded.Tests.Repair;

/// <summary>What is broken on purpose is found, mended with consent, and found to be well.</summary>
public class RepairTests
{
    [Theory]
    [InlineData("relocation", "XM-REL-01")]
    [InlineData("port", "XM-REL-02")]
    [InlineData("listener", "XM-REL-02")]
    [InlineData("stopped", "XM-REL-02")]
    [InlineData("address", "XM-REL-02")]
    [InlineData("hosts-allow", "XM-REL-04")]
    public async Task What_keeps_guests_out_is_mended_and_a_guest_moves(string broken, string id)
    {
        using TestPair pair = new("guest");
        HostSession source = await ConnectAsync(pair, "et-virt08");
        HostSession destination = await ConnectAsync(pair, "et-virt07");
        Break(pair.Virt07, broken);
        CheckResult found = await FailureAsync(source, destination, id);
        Assert.True(found.Repairable);

        RepairResult result = await RepairAsync(source, destination, found);

        Assert.True(result.Outcome == RepairOutcome.Repaired, result.ToString());
        Assert.Equal(CheckStatus.Passed, result.Status);
        Assert.All(result.Action, action => Assert.StartsWith("et-virt07: ", action, StringComparison.Ordinal));
        Assert.Equal(0, (await pair.On08("xm migrate --live guest et-virt07")).ExitCode);
    }

    [Fact]
    public async Task A_closed_server_is_opened_to_the_source_alone()
    {
        using TestPair pair = new("guest");
        HostSession source = await ConnectAsync(pair, "et-virt08");
        HostSession destination = await ConnectAsync(pair, "et-virt07");
        pair.Virt07.Faults.SetRelocation(false);

        _ = await RepairAsync(source, destination, await FailureAsync(source, destination, "XM-REL-01"));

        Assert.Equal(@"^10\.0\.0\.8$", XendConfiguration.Parse(pair.Virt07.Files.ReadText(XendConfiguration.Path)).HostsAllow.Value);
    }

    [Fact]
    public async Task What_was_tested_by_another_address_is_looked_at_by_it()
    {
        using TestPair pair = new("guest");
        HostSession source = await ConnectAsync(pair, "et-virt08");
        HostSession destination = await ConnectAsync(pair, "et-virt07");
        pair.Virt07.Faults.RejectPort(8002);
        CheckResult found = await FailureAsync(source, destination, "XM-REL-03");

        RepairResult? result = await new EnvironmentRepairer(source, destination, Timing.Real) { MigrationAddress = "10.0.0.7" }
            .RepairAsync(found, _ => Task.FromResult(RepairConsent.Declined), default);

        Assert.Contains("does not reach 10.0.0.7, port 8002", result!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packet_filter_is_left_with_its_remedy()
    {
        using TestPair pair = new("guest");
        HostSession source = await ConnectAsync(pair, "et-virt08");
        HostSession destination = await ConnectAsync(pair, "et-virt07");
        pair.Virt07.Faults.BlockPort(8002);

        RepairResult result = await RepairAsync(source, destination, await FailureAsync(source, destination, "XM-FW-01"));

        Assert.Equal((RepairOutcome.Left, CheckStatus.Failed), (result.Outcome, result.Status));
        Assert.Contains("iptables", result.Remediation, StringComparison.Ordinal);
        Assert.Empty(result.Action);
    }

    [Fact]
    public async Task Who_agrees_to_the_file_and_not_to_the_restart_has_the_file_alone()
    {
        using TestPair pair = new("guest");
        HostSession source = await ConnectAsync(pair, "et-virt08");
        HostSession destination = await ConnectAsync(pair, "et-virt07");
        pair.Virt07.Faults.SetRelocation(false);
        CheckResult found = await FailureAsync(source, destination, "XM-REL-01");

        RepairResult? result = await new EnvironmentRepairer(source, destination, Timing.Real).RepairAsync(
            found,
            step => Task.FromResult(step.Commands.Count == 0 ? RepairConsent.Given : RepairConsent.Declined),
            default);

        Assert.Equal((RepairOutcome.Declined, 1), (result!.Outcome, result.Action.Count));
        Assert.Contains("service xend restart", result.Left, StringComparison.Ordinal);
        Assert.Contains("(xend-relocation-server yes)", pair.Virt07.Files.ReadText(XendConfiguration.Path), StringComparison.Ordinal);
        Assert.Null(pair.Virt07.Xend.ListensOn);
    }

    [Fact]
    public async Task A_copy_that_a_move_left_is_destroyed_and_the_guest_runs_on()
    {
        using TestPair pair = new("guest");
        HostSession source = await ConnectAsync(pair, "et-virt08");
        HostSession destination = await ConnectAsync(pair, "et-virt07");
        Guest guest = await LeaveCopyAsync(pair, source);
        CheckResult found = await FailureAsync(source, destination, "XM-NAM-02", guest);

        RepairResult result = await RepairAsync(source, destination, found);

        Assert.True(result.Outcome == RepairOutcome.Repaired, result.ToString());
        Assert.Empty(pair.Virt07.Hypervisor.Domains);
        Assert.True(Assert.Single(await ListAsync(source), there => there.Name == "guest").Activity.IsAlive());
    }

    [Fact]
    public async Task A_copy_stays_while_the_guest_itself_does_not_run()
    {
        using TestPair pair = new("guest");
        HostSession source = await ConnectAsync(pair, "et-virt08");
        HostSession destination = await ConnectAsync(pair, "et-virt07");
        Guest guest = await LeaveCopyAsync(pair, source);
        _ = await pair.On08("xm pause guest");
        CheckResult found = await FailureAsync(source, destination, "XM-NAM-02", guest);

        RepairResult result = await RepairAsync(source, destination, found);

        Assert.Equal(RepairOutcome.Left, result.Outcome);
        _ = Assert.Single(pair.Virt07.Hypervisor.Domains);
    }

    /// <summary>A copy of the guest on et-virt07 that stands still, under the name that xend gives what it moves away.</summary>
    private static async Task<Guest> LeaveCopyAsync(TestPair pair, HostSession source)
    {
        Guest guest = Assert.Single(await ListAsync(source), there => there.Name == "guest");
        _ = pair.Virt07.Files.Write("/etc/xen/migrating-guest", $"name = 'migrating-guest'\nuuid = '{guest.Uuid}'\nmemory = 8\n");
        CommandResult created = await pair.On07("xm create -p migrating-guest");
        Assert.True(created.ExitCode == 0, created.ToString());
        return guest;
    }

    private static void Break(EmbeddedHost host, string what)
    {
        switch (what)
        {
            case "relocation":
                host.Faults.SetRelocation(false);
                break;
            case "port":
                // xend has not read this yet.
                _ = host.Files.Write(XendConfiguration.Path, "(xend-relocation-server yes)\n(xend-relocation-port 9002)\n");
                break;
            case "listener":
                host.Faults.SetRelocation(false);
                _ = host.Files.Write(XendConfiguration.Path, "(xend-relocation-server yes)\n");
                break;
            case "stopped":
                host.Xend.Stop();
                break;
            case "address":
                _ = host.Files.Write(
                    XendConfiguration.Path, "(xend-relocation-server yes)\n(xend-relocation-address '10.0.0.99')\n(xend-relocation-hosts-allow '^10')\n");
                host.Xend.Stop();
                _ = host.Xend.Start();
                break;
            default:
                host.Faults.SetHostsAllow("^et-virt09$");
                break;
        }
    }

    private static async Task<CheckResult> FailureAsync(HostSession source, HostSession destination, string id, params Guest[] guests) => Assert.Single(
        await EnvironmentTester.TestAsync(source, destination, guests, default),
        result => result.Id == id && result.Status == CheckStatus.Failed);

    private static async Task<RepairResult> RepairAsync(HostSession source, HostSession destination, CheckResult found) =>
        (await new EnvironmentRepairer(source, destination, Timing.Real).RepairAsync(found, _ => Task.FromResult(RepairConsent.Given), default))!;

    private static Task<IReadOnlyList<Guest>> ListAsync(HostSession host) => host.Toolstack.ListAsync(default);

    private static Task<HostSession> ConnectAsync(TestPair pair, string host) =>
        ToolstackDetection.ConnectAsync(pair.Shell(host), null, () => DateTimeOffset.UtcNow, default);
}
