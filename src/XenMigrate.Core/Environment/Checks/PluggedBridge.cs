using System.Collections.Generic;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;
using XenMigrate.Hosts;

namespace XenMigrate.Environment.Checks;

/// <summary>The bridge of a host that an interface of a guest ends in.</summary>
internal static class PluggedBridge
{
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
