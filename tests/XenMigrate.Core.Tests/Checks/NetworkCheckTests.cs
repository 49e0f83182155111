namespace XenMigrate.Tests;

/// <summary>What the checks of bridges know beyond yes and no.</summary>
public class NetworkCheckTests
{
    [Theory]
    [InlineData("4.17", CheckStatus.Passed)]
    [InlineData("3.2", CheckStatus.Passed)]
    [InlineData("3.1", CheckStatus.Warning)]
    public void A_bridge_of_the_cards_name_does_for_a_xenbr_where_the_scripts_know_it(string version, CheckStatus status)
    {
        PairFacts pair = Facts.AtDestination(host => host with
        {
            Bridges = Facts.Known<IReadOnlyList<string>>("b", ["eth1"]),
            Xen = Facts.Known("b", Facts.Xen(version)),
        });

        CheckResult result = Result("XM-NET-01", pair);

        Assert.Equal(status, result.Status);
        Assert.Contains("eth1", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Failed")]
    [InlineData("xenbr0", "Passed")]
    [InlineData("xenbr0,virbr0", "Warning")]
    public void An_interface_of_xend_that_names_no_bridge_takes_the_first_one(string present, string status)
    {
        Guest guest = A.Guest() with
        {
            Toolstack = ToolstackKind.Xend,
            NetworkInterface = [GuestNetworkInterface.Of("00:16:3e:00:00:01", null, "/etc/xen/scripts/vif-bridge")],
        };
        PairFacts pair = Facts.AtDestination(host => host with
        {
            Bridges = Facts.Known<IReadOnlyList<string>>("b", present.Split(',', StringSplitOptions.RemoveEmptyEntries)),
        });

        Assert.Equal(status, Judgement.Of("XM-NET-01", pair, guest).Split(' ')[0]);
    }

    [Fact]
    public void A_missing_xenbr_comes_with_the_other_name_that_would_do() => Assert.Equal(
        "xenbr1 (or eth1)",
        Result("XM-NET-01", Facts.AtDestination(host => host with { Bridges = Facts.Known<IReadOnlyList<string>>("b", []) })).Expected);

    [Fact]
    public void A_bridge_that_is_missing_is_told_once()
    {
        PairFacts pair = Facts.AtDestination(host => host with { Bridges = Facts.Known<IReadOnlyList<string>>("b", []) });

        Assert.Equal(
            (CheckStatus.Skipped, CheckStatus.Skipped), (Result("XM-NET-02", pair).Status, Result("XM-NET-03", pair).Status));
    }

    [Fact]
    public void A_bridge_of_which_nothing_is_told_stays_open()
    {
        PairFacts pair = Facts.AtDestination(host => host with
        {
            BridgeDetails = Facts.Known<IReadOnlyDictionary<string, BridgeDetails>>("b", new Dictionary<string, BridgeDetails>()),
        });

        Assert.Equal(
            (CheckStatus.Unknown, CheckStatus.Unknown), (Result("XM-NET-02", pair).Status, Result("XM-NET-03", pair).Status));
    }

    [Fact]
    public void Every_difference_of_two_bridges_is_told()
    {
        CheckResult result = Result(
            "XM-NET-02", Facts.Bridge(Facts.LinuxBridge with { Vlans = [42] }, Facts.LinuxBridge with { Mtu = 9000 }));

        Assert.Equal(("VLAN 42, MTU 1500", "no VLAN, MTU 9000"), (result.Expected, result.Actual));
        Assert.Contains("ip link set xenbr1 mtu 1500", result.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_mtu_that_nobody_tells_is_no_difference() => Assert.Equal(
        CheckStatus.Passed, Result("XM-NET-02", Facts.Bridge(Facts.LinuxBridge, Facts.LinuxBridge with { Mtu = null })).Status);

    [Theory]
    [InlineData(true, 15, ToolstackKind.Xl, CheckStatus.Warning)]
    [InlineData(true, 0, ToolstackKind.Xl, CheckStatus.Passed)]
    [InlineData(false, 15, ToolstackKind.Xl, CheckStatus.Passed)]
    [InlineData(false, 15, ToolstackKind.Xend, CheckStatus.Warning)]
    public void A_forward_delay_counts_with_the_spanning_tree_and_on_old_kernels(
        bool spanningTree, int seconds, ToolstackKind toolstack, CheckStatus status)
    {
        BridgeDetails bridge = Facts.LinuxBridge with { SpanningTree = spanningTree, ForwardDelay = TimeSpan.FromSeconds(seconds) };
        PairFacts pair = Facts.Bridge(Facts.LinuxBridge, bridge);

        CheckResult result = Result("XM-NET-03", pair with { Destination = pair.Destination with { Toolstack = toolstack } });

        Assert.Equal(status, result.Status);
        Assert.True(status == CheckStatus.Passed || result.Remediation!.Contains("brctl setfd xenbr1 0", StringComparison.Ordinal), result.ToString());
    }

    [Fact]
    public void A_guest_without_a_bridge_asks_nothing_of_any()
    {
        Guest guest = Facts.Guest with { NetworkInterface = [new GuestNetworkInterface("00:16:3e:77:00:66", null, "vif-route")] };

        Assert.Equal(
            (CheckStatus.Passed, CheckStatus.Passed),
            (Result("XM-NET-02", Facts.Good, guest).Status, Result("XM-NET-03", Facts.Good, guest).Status));
    }

    private static CheckResult Result(string id, PairFacts pair, Guest? guest = null) => Assert.Single(
        CheckRunner.Examine(pair, guest ?? Facts.Guest, new Moving(Live: true), CheckSelection.Everything), result => result.Id == id);
}
