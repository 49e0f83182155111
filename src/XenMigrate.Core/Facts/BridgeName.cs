namespace XenMigrate.Facts;

/// <summary>Which bridge of a host an interface of a guest ends in, as Xen's hotplug scripts choose it.</summary>
internal static class BridgeName
{
    private const string Prefix = "xenbr";

    /// <summary>The names to ask a host about: those that an interface may end in.</summary>
    public static IReadOnlyList<string> Candidates(IEnumerable<GuestNetworkInterface> interfaces) =>
    [
        .. interfaces.Where(nic => nic is { Bridge: not null, BackendDomain: null })
            .SelectMany(nic => new[] { nic.Bridge!, Substitute(nic.Bridge!), Base(nic) })
            .OfType<string>()
            // What has a slash is no interface's name, and would be another file's.
            .Where(name => name.Length > 0 && !name.Contains('/') && name is not ("." or ".."))
            .Distinct(),
    ];

    /// <summary>The bridge, or null if the host has none that would do.</summary>
    public static string? On(IReadOnlyList<string> present, GuestNetworkInterface nic) =>
        new[] { nic.Bridge, Substitute(nic.Bridge!), Base(nic) }.FirstOrDefault(name => name is not null && present.Contains(name));

    /// <summary>vif-bridge takes ethN where the guest wants xenbrN and that is no bridge.</summary>
    public static string? Substitute(string bridge) =>
        bridge.StartsWith(Prefix, StringComparison.Ordinal) && bridge.Length > Prefix.Length && bridge.Skip(Prefix.Length).All(char.IsDigit)
            ? "eth" + bridge.Substring(Prefix.Length)
            : null;

    /// <summary>For Open vSwitch the name may be followed by ".vlan" and ":trunks".</summary>
    private static string? Base(GuestNetworkInterface nic) =>
        UsesOpenVSwitch(nic) ? nic.Bridge!.Split('.', ':')[0] : null;

    public static bool UsesOpenVSwitch(GuestNetworkInterface nic) => nic.Script?.Contains("openvswitch") == true;
}
