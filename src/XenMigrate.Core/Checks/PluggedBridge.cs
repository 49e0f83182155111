namespace XenMigrate.Checks;

/// <summary>The bridge of a host that an interface of a guest ends in.</summary>
internal static class PluggedBridge
{
    /// <summary>The interfaces that are plugged into a bridge of the host itself.</summary>
    public static IEnumerable<GuestNetworkInterface> Of(Guest guest) =>
        guest.NetworkInterface.Where(nic => nic is { Bridge: not null, BackendDomain: null });

    /// <summary>A pass as far as the hosts' own bridges go, which those of a driver domain are not.</summary>
    public static Finding Unless(PairFacts pair, Guest guest, Finding finding) => finding.Status == CheckStatus.Passed
        && guest.NetworkInterface.FirstOrDefault(nic => nic.BackendDomain is not null) is { BackendDomain: { } domain } foreign
            ? new(
                CheckStatus.Warning,
                $"Interface {foreign.MacAddress} is plugged into {foreign.Bridge ?? "a bridge"} of the driver domain {domain}, into which no host looks.")
            {
                Expected = "a bridge of the host itself",
                Actual = $"{foreign.Bridge} in {domain}",
                Remediation = $"See in {domain} on {pair.Destination.Host} that it has {foreign.Bridge ?? "that bridge"}, and as it is on {pair.Source.Host}.",
                Evidence = pair.Source.Guests.Evidence,
            }
            : finding.Status == CheckStatus.Passed && guest.NetworkInterface.FirstOrDefault(nic => nic.Network is not null) is { Network: { } network } hidden
            ? new(CheckStatus.Unknown, $"Interface {hidden.MacAddress} is plugged into the network {network} of libvirt, and which bridge that has is not told.")
            {
                Remediation = $"On {pair.Source.Host} and {pair.Destination.Host}: virsh -c xen:///system net-info {network}. If the network is active on both, and its bridge leads to the same place: "
                    + "Move-Guest -SkipCheck XM-NET-01, XM-NET-02, XM-NET-03",
                Evidence = pair.Source.Guests.Evidence,
            }
            : finding;

    /// <summary>What it is like, or null if it is not there or not known.</summary>
    public static BridgeDetails? Find(HostFacts host, GuestNetworkInterface nic) =>
        host.Bridges.Value is { } present
        && BridgeName.On(present, nic) is { } name
        && host.BridgeDetails.Value?.TryGetValue(name, out BridgeDetails? found) == true
            ? found
            : null;

    /// <summary>Whether the host is known not to have it.</summary>
    public static bool IsMissing(HostFacts host, GuestNetworkInterface nic) =>
        host.Bridges.Value is { } present && BridgeName.On(present, nic) is null;

    /// <summary>Why nothing is known of it.</summary>
    public static Answer<IReadOnlyDictionary<string, BridgeDetails>> WhyUnknown(HostFacts host, GuestNetworkInterface nic) =>
        host.BridgeDetails.Value is null ? host.BridgeDetails : host.BridgeDetails with
        {
            Value = null,
            Problem = host.Bridges.Problem ?? $"it does not tell what bridge {nic.Bridge} is like",
        };
}
