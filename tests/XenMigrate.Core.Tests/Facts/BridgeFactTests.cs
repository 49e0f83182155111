namespace XenMigrate.Tests;

public class BridgeFactTests
{
    private const string Vlans =
        "VLAN Dev name\t | VLAN ID\nName-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD\neth0.42        | 42  | eth0\neth0.43        | 43  | eth0\n";

    private static readonly CommandResult s_missing = new(127, "", "not found");

    [Fact]
    public void A_linux_bridge_is_read_from_sysfs()
    {
        BridgeDetails bridge = Read(
            new(0, Vlans, ""), Sysfs("br0", 9000, 1, 1500), new CommandResult(0, "eth0.42\nvif3.0\n", ""), s_missing)["br0"];

        Assert.Equal((BridgeKind.Linux, 9000, true), (bridge.Kind, bridge.Mtu, bridge.SpanningTree));
        Assert.Equal(TimeSpan.FromSeconds(15), bridge.ForwardDelay);
        Assert.Equal([42], bridge.Vlans);
    }

    [Fact]
    public void A_bridge_without_vlans_has_none() =>
        Assert.Empty(Read(s_missing, Sysfs("br0", 1500, 0, 0), new CommandResult(0, "eth0\n", ""), s_missing)["br0"].Vlans);

    [Theory]
    [InlineData("0\n", 0)]
    [InlineData("42\n", 1)]
    public void A_bridge_of_open_vswitch_tells_its_vlan(string output, int count)
    {
        BridgeDetails bridge = Read(
            s_missing, new CommandResult(2, "/sys/class/net/br0/mtu:1500\n", ""), s_missing, new CommandResult(0, output, ""))["br0"];

        Assert.Equal((BridgeKind.OpenVSwitch, 1500, count), (bridge.Kind, bridge.Mtu, bridge.Vlans.Count));
    }

    [Fact]
    public void What_neither_knows_is_no_bridge() =>
        Assert.Empty(Read(s_missing, new CommandResult(2, "/sys/class/net/br0/mtu:1500\n", ""), s_missing, s_missing));

    [Fact]
    public void A_host_that_can_not_look_leaves_it_open() =>
        Assert.Throws<RemoteCommandFailedException>(() => Read(s_missing, s_missing, s_missing, s_missing));

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public void A_number_that_is_none_is_not_understood(string text) => Assert.Throws<OutputNotUnderstoodException>(() =>
        Read(s_missing, new CommandResult(0, $"/sys/class/net/br0/bridge/stp_state:{text}\n", ""), s_missing, s_missing));

    [Fact]
    public void A_host_is_asked_for_every_bridge_that_an_interface_may_end_in() => Assert.Equal(
        ["xenbr1", "eth1", "ovs0.42:7", "ovs0", "br0"],
        BridgeName.Candidates([Nic("xenbr1"), Nic("ovs0.42:7", "vif-openvswitch"), Nic("br0"), Nic("br0"), Nic("../../etc"), Nic("..")]));

    [Theory]
    [InlineData("xenbr", null)]
    [InlineData("xenbr1x", null)]
    [InlineData("xenbr12", "eth12")]
    [InlineData("br1", null)]
    public void Only_xenbr_and_a_number_have_a_substitute(string bridge, string? substitute) =>
        Assert.Equal(substitute, BridgeName.Substitute(bridge));

    private static GuestNetworkInterface Nic(string bridge, string? script = null) => new(null, bridge, script);

    private static CommandResult Sysfs(string name, int mtu, int stp, int delay) => new(
        0,
        $"/sys/class/net/{name}/mtu:{mtu}\n/sys/class/net/{name}/bridge/stp_state:{stp}\n/sys/class/net/{name}/bridge/forward_delay:{delay}\n",
        "");

    private static IReadOnlyDictionary<string, BridgeDetails> Read(params CommandResult[] results) =>
        BridgeDetailsQuestion.Of("a", ["br0"]).Read(results);
}
