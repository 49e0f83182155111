namespace XenMigrate.Checks;

/// <summary>
/// A bridge that waits before it forwards for a new port leaves the guest without a network for that time, and drops
/// the announcement with which it tells the switches that it moved.
/// </summary>
internal sealed class ForwardDelayCheck()
    : GuestCheck("XM-NET-03", "The destination's bridges forward for a new port at once", CheckCategory.Network, "BridgeMissing")
{
    public override CheckSeverity Severity => CheckSeverity.Warning;

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving) =>
        PluggedBridge.Unless(pair, guest, Examine(pair, guest));

    private static Finding Examine(PairFacts pair, Guest guest)
    {
        HostFacts host = pair.Destination;
        GuestNetworkInterface[] plugged = [.. PluggedBridge.Of(guest)];
        foreach (GuestNetworkInterface nic in plugged)
        {
            if (PluggedBridge.Find(host, nic) is not { } bridge)
            {
                return PluggedBridge.IsMissing(host, nic)
                    ? Skipped($"{host.Host} has no bridge {nic.Bridge}: see XM-NET-01.")
                    : Unknown(PluggedBridge.WhyUnknown(host, nic));
            }

            // Kernels of xend's time wait without the spanning tree protocol, too.
            if (bridge.ForwardDelay.Ticks > 0 && (bridge.SpanningTree || host.Toolstack == ToolstackKind.Xend))
            {
                return Delayed(host, guest, BridgeName.On(host.Bridges.Value!, nic)!, bridge);
            }
        }

        return plugged.Length == 0
            ? Passed($"{guest.Name} is plugged into no bridge by name.")
            : Passed($"The bridges of {guest.Name} on {host.Host} forward at once.", host.BridgeDetails.Evidence);
    }

    private static Finding Delayed(HostFacts host, Guest guest, string name, BridgeDetails bridge)
    {
        string seconds = bridge.ForwardDelay.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
        string remedy = bridge.SpanningTree
            ? $"if it has one way to the network only: brctl stp {name} off; brctl setfd {name} 0"
            : $"brctl setfd {name} 0";
        return new Finding(
            CheckStatus.Warning,
            $"{name} on {host.Host} {(bridge.SpanningTree ? "has the spanning tree protocol on, and " : "")}waits {seconds} s{(bridge.SpanningTree ? " twice" : "")} before it forwards for a new port: "
                + $"so long {guest.Name} has no network there.")
        {
            Expected = "forward delay 0" + (bridge.SpanningTree ? ", or no spanning tree" : ""),
            Actual = $"forward delay {seconds} s, spanning tree {(bridge.SpanningTree ? "on" : "off")}",
            Remediation = $"On {host.Host}, {remedy}",
            Evidence = host.BridgeDetails.Evidence,
        };
    }
}
