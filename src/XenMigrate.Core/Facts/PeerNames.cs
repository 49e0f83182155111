using System.Net;
using System.Net.Sockets;

namespace XenMigrate.Facts;

/// <summary>What another host's xend may know a host by: which of it depends on DNS and on the way taken.</summary>
internal static class PeerNames
{
    /// <summary>The full name by its own word; none if it has none.</summary>
    public static IEnumerable<string> Names(HostFacts host) => host.Relocation?.FullName.Value is { Length: > 0 } name
        && !name.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) ? [name] : [];

    /// <summary>A pattern of xend-relocation-hosts-allow that lets in this name or address and no other.</summary>
    public static string Pattern(string name) => "^" + name.Replace(".", @"\\.") + "$";

    /// <summary>Its addresses; xend listens on IPv4 only.</summary>
    public static IEnumerable<string> Addresses(HostFacts host) => host.Addresses.Value?.Where(text =>
        IPAddress.TryParse(text, out IPAddress? address)
        && address.AddressFamily == AddressFamily.InterNetwork
        && !IPAddress.IsLoopback(address)) ?? [];
}
