namespace XenMigrate.Checks;

/// <summary>A bridge of the right name may still be of another make, lead to another VLAN, or carry shorter frames.</summary>
internal sealed class BridgesAlikeCheck()
    : GuestCheck("XM-NET-02", "The guest's bridges are alike on both hosts", CheckCategory.Network, "BridgeMissing")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving) =>
        PluggedBridge.Unless(pair, guest, Examine(pair, guest));

    private static Finding Examine(PairFacts pair, Guest guest)
    {
        Finding? worst = null;
        foreach (GuestNetworkInterface nic in PluggedBridge.Of(guest))
        {
            if (PluggedBridge.Find(pair.Destination, nic) is not { } there)
            {
                return PluggedBridge.IsMissing(pair.Destination, nic)
                    ? Skipped($"{pair.Destination.Host} has no bridge {nic.Bridge}: see XM-NET-01.")
                    : Unknown(PluggedBridge.WhyUnknown(pair.Destination, nic));
            }

            if (PluggedBridge.Find(pair.Source, nic) is not { } here)
            {
                return Unknown(PluggedBridge.WhyUnknown(pair.Source, nic));
            }

            Finding? finding = Wrong(pair, nic, there) ?? Different(pair, nic, here, there);
            worst = finding?.Status == CheckStatus.Failed ? finding : worst ?? finding;
        }

        return worst ?? Passed(
            PluggedBridge.Of(guest).Any()
                ? $"The bridges of {guest.Name} are of one kind{(KnowAllMtus(pair, guest) ? ", VLAN and MTU on both hosts" : " and VLAN on both hosts; not all tell their MTU")}."
                : $"{guest.Name} is plugged into no bridge by name.",
            pair.Destination.BridgeDetails.Evidence);
    }

    private static bool KnowAllMtus(PairFacts pair, Guest guest) => PluggedBridge.Of(guest).All(nic =>
        PluggedBridge.Find(pair.Source, nic)?.Mtu is not null && PluggedBridge.Find(pair.Destination, nic)?.Mtu is not null);

    /// <summary>The script that the guest brings along can't plug it into a bridge of the other kind.</summary>
    private static Finding? Wrong(PairFacts pair, GuestNetworkInterface nic, BridgeDetails there)
    {
        BridgeKind? needed = nic.Script is null ? null
            : BridgeName.UsesOpenVSwitch(nic) ? BridgeKind.OpenVSwitch
            : nic.Script.Contains("vif-bridge") ? BridgeKind.Linux
            : null;
        return needed is null || needed == there.Kind ? null : new Finding(
            CheckStatus.Failed,
            $"{nic.Bridge} is a bridge of {Words(there.Kind)} on {pair.Destination.Host}, and the guest's {nic.Script} plugs into one of {Words(needed.Value)}.")
        {
            Expected = Words(needed.Value),
            Actual = Words(there.Kind),
            Remediation = $"On {pair.Destination.Host}, make {nic.Bridge} with "
                + (needed == BridgeKind.OpenVSwitch ? $"ovs-vsctl add-br {nic.Bridge}" : $"ip link add {nic.Bridge} type bridge")
                + $", or give the guest a script on {pair.Source.Host} that fits both.",
            Evidence = pair.Destination.BridgeDetails.Evidence,
        };
    }

    private static Finding? Different(PairFacts pair, GuestNetworkInterface nic, BridgeDetails here, BridgeDetails there)
    {
        List<(string Here, string There, string Remedy)> differences = [];
        if (here.Kind != there.Kind)
        {
            differences.Add((Words(here.Kind), Words(there.Kind), $"see vif.default.script in /etc/xen/xl.conf of {pair.Destination.Host}"));
        }

        if (!here.Vlans.SequenceEqual(there.Vlans))
        {
            differences.Add((Vlans(here), Vlans(there), $"on {pair.Destination.Host}, put the interface of {Vlans(here)} into {nic.Bridge}"));
        }

        if (here.Mtu is { } own && there.Mtu is { } other && own != other)
        {
            differences.Add(($"MTU {own}", $"MTU {other}", $"on {pair.Destination.Host}: ip link set {nic.Bridge} mtu {own}, and its ports first"));
        }

        return differences.Count == 0 ? null : new Finding(
            CheckStatus.Warning,
            $"{nic.Bridge} has {string.Join(", ", differences.Select(difference => difference.Here))} on {pair.Source.Host}, "
                + $"and {string.Join(", ", differences.Select(difference => difference.There))} on {pair.Destination.Host}.")
        {
            Expected = string.Join(", ", differences.Select(difference => difference.Here)),
            Actual = string.Join(", ", differences.Select(difference => difference.There)),
            Remediation = "If that is not meant so: " + string.Join("; ", differences.Select(difference => difference.Remedy)),
            Evidence = pair.Destination.BridgeDetails.Evidence,
        };
    }

    private static string Words(BridgeKind kind) => kind == BridgeKind.Linux ? "Linux" : "Open vSwitch";

    private static string Vlans(BridgeDetails bridge) =>
        bridge.Vlans.Count == 0 ? "no VLAN" : "VLAN " + string.Join(" ", bridge.Vlans);
}
