namespace XenMigrate.Tests;

/// <summary>What each repair writes into the destination's xend-config.sxp.</summary>
public class RelocationRepairTests
{
    private readonly FakeTiming _timing = new();

    [Theory]
    [InlineData("", @"^10\.77\.0\.7$")]
    [InlineData("(xend-relocation-hosts-allow '')", @"^10\.77\.0\.7$")]
    [InlineData("(xend-relocation-hosts-allow '^c$')", @"^c$ ^10\.77\.0\.7$")]
    [InlineData(@"(xend-relocation-hosts-allow '^10\\.77')", @"^10\.77")]
    public async Task A_server_is_opened_to_the_source_and_never_to_all(string before, string allow)
    {
        XendConfiguration after = await DoAsync(new RelocationServerRepair(), before);

        Assert.True(after.RelocationServer);
        Assert.Equal(allow, after.HostsAllow.Value);
    }

    [Fact]
    public async Task A_server_is_not_opened_to_a_source_that_tells_no_address()
    {
        PairFacts facts = Facts.Xend("");
        facts = facts with { Source = facts.Source with { Addresses = Facts.NotKnown<IReadOnlyList<string>>("a") } };

        RepairPlan plan = await PlanAsync(new RelocationServerRepair(), new FakeXend(""), facts);

        Assert.Empty(plan.Steps);
        Assert.Contains("tells no address", plan.Left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_source_is_added_to_those_who_are_let_in()
    {
        XendConfiguration after = await DoAsync(
            new RelocationAllowedRepair(), "(xend-relocation-server yes)\n(xend-relocation-hosts-allow '^c$')");

        Assert.Equal(@"^c$ ^10\.77\.0\.7$", after.HostsAllow.Value);
    }

    [Theory]
    [InlineData("^c$ ^(d")]
    [InlineData(@"^10\.77\.0\.8$")]
    public async Task Patterns_that_xend_reads_otherwise_than_they_were_meant_are_for_their_author(string allow)
    {
        string configuration = $"(xend-relocation-server yes)\n(xend-relocation-hosts-allow '{allow}')";

        RepairPlan plan = await PlanAsync(new RelocationAllowedRepair(), new FakeXend(configuration), Facts.Xend(configuration));

        Assert.Empty(plan.Steps);
        Assert.Contains("its author knows", plan.Left, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(xend-relocation-port 9002)", "*:9002", 8002, "")]
    [InlineData("(xend-relocation-hosts-allow '^c$')(xend-relocation-address '127.0.0.1')", "127.0.0.1:8002", 8002, "")]
    [InlineData("(xend-relocation-hosts-allow '^c$')(xend-relocation-address '10.0.0.99')", "*:22", 8002, "")]
    [InlineData("(xend-relocation-address '10.77.0.8')", "*:22", 8002, "10.77.0.8")]
    public async Task A_destination_listens_for_others_on_the_sources_port(string more, string listens, int port, string address)
    {
        XendConfiguration after = await DoAsync(new RelocationPortRepair(), "(xend-relocation-server yes)" + more, listens);

        Assert.Equal((port, address), (after.RelocationPort, after.RelocationAddress));
    }

    [Fact]
    public async Task A_host_that_lets_everybody_in_is_not_opened_to_more_networks()
    {
        const string Open = "(xend-relocation-server yes)(xend-relocation-address '127.0.0.1')";

        _ = await Assert.ThrowsAsync<RelocationUnrestrictedException>(
            () => PlanAsync(new RelocationPortRepair(), new FakeXend(Open), Facts.Xend(Open, listens: "127.0.0.1:8002")));
    }

    [Theory]
    [InlineData(0, "restart")]
    [InlineData(3, "start")]
    public async Task A_xend_that_does_not_run_is_started_and_one_that_runs_restarted(int status, string verb)
    {
        FakeXend xend = new("(xend-relocation-server yes)");
        _ = xend.Shell.Answers("service xend status", "", exitCode: status).Answers("service xend start", "")
            .Answers("lsof *", "xend 2345 root 5u IPv4 12345 0t0 TCP *:8002 (LISTEN)\n");

        RepairPlan plan = await PlanAsync(new RelocationPortRepair(), xend, Facts.Xend(listens: "*:22"));
        RepairStep step = Assert.Single(plan.Steps);
        Assert.DoesNotContain("service xend " + verb, xend.Shell.Commands);
        _ = await step.DoAsync(default);

        Assert.Equal(["service xend " + verb], step.Commands);
        Assert.Contains("service xend " + verb, xend.Shell.Commands);
    }

    [Fact]
    public async Task A_xend_that_does_not_listen_afterwards_is_an_error()
    {
        FakeXend xend = new("(xend-relocation-server yes)");

        RepairPlan plan = await PlanAsync(new RelocationPortRepair(), xend, Facts.Xend(listens: "*:22"));

        _ = await Assert.ThrowsAsync<RelocationDisabledException>(() => Assert.Single(plan.Steps).DoAsync(default));
    }

    [Fact]
    public async Task A_packet_filter_is_not_touched()
    {
        RepairPlan plan = await PlanAsync(new RelocationReachableRepair(), new FakeXend(""), Facts.Xend(exitCode: 1));

        Assert.Empty(plan.Steps);
        Assert.Contains("not touched", plan.Left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_on_the_wrong_address_is_widened()
    {
        XendConfiguration after = await DoAsync(
            new RelocationReachableRepair(),
            "(xend-relocation-server yes)(xend-relocation-hosts-allow '^c$')(xend-relocation-address '10.77.0.8')");

        Assert.Equal("", after.RelocationAddress);
    }

    private async Task<XendConfiguration> DoAsync(RelocationRepair repair, string configuration, string listens = "*:8002")
    {
        FakeXend xend = new(configuration);
        _ = xend.Shell.Answers("lsof *", "xend 2345 root 5u IPv4 12345 0t0 TCP *:8002 (LISTEN)\n");

        await SshPair.DoAsync(await PlanAsync(repair, xend, Facts.Xend(configuration, listens: listens)));

        Assert.Contains("service xend restart", xend.Shell.Commands);
        return XendConfiguration.Parse(xend.Configuration);
    }

    private Task<RepairPlan> PlanAsync(RelocationRepair repair, FakeXend xend, PairFacts facts) =>
        repair.PlanAsync(new RepairScene(A.XendHost(new FakeShell("a")), xend.Host(), facts, null, _timing.Timing), default);
}
