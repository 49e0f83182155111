using System.Net;

namespace XenMigrate.Checks;

/// <summary>Which of an export's entries a server applies to a host: the one that names it most closely.</summary>
internal static class ExportsFor
{
    /// <summary>The entries that count; those that may be the host's where none is known to be, and none if all are others'.</summary>
    public static IReadOnlyList<NfsExport> Client(HostFacts client, IReadOnlyList<NfsExport> exports)
    {
        IReadOnlyList<NfsExport> own = [.. exports.Where(export => Names(client, export.Client))];
        IReadOnlyList<NfsExport> network = [.. exports.Where(export => client.Addresses.Value?.Any(address => IsWithin(address, export.Client)) == true)];
        // A pattern or a group of names counts before what is for all, and whether it is the host's nobody here knows.
        IReadOnlyList<NfsExport> rest = [.. exports.Where(export => client.Addresses.Value is null || !IsOthersAddress(client, export.Client))];
        return new[] { own, network }.FirstOrDefault(found => found.Count > 0) ?? rest;
    }

    /// <summary>Whether one of them is known to be for a host: a name or a pattern may be.</summary>
    public static bool IsSure(HostFacts client, IReadOnlyList<NfsExport> entries) => entries.All(entry =>
        entry.IsForAll || Names(client, entry.Client) || client.Addresses.Value?.Any(address => IsWithin(address, entry.Client)) == true);

    /// <summary>An address or a network of addresses that is not the host's.</summary>
    private static bool IsOthersAddress(HostFacts client, string name) =>
        IPAddress.TryParse(name.Split('/')[0], out _) && !Names(client, name)
        && client.Addresses.Value?.Any(address => IsWithin(address, name)) != true;

    private static bool Names(HostFacts client, string name) =>
        client.Addresses.Value?.Contains(name) == true
        || string.Equals(client.Host, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(client.Relocation?.FullName.Value, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an address lies in a network such as 10.0.0.0/24 or 10.0.0.0/255.255.255.0.</summary>
    private static bool IsWithin(string address, string network)
    {
        string[] parts = network.Split('/');
        if (parts.Length != 2 || !IPAddress.TryParse(address, out IPAddress? own) || !IPAddress.TryParse(parts[0], out IPAddress? of)
            || own.AddressFamily != of.AddressFamily)
        {
            return false;
        }

        byte[] left = own.GetAddressBytes();
        byte[] right = of.GetAddressBytes();
        if (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int bits))
        {
            return bits <= left.Length * 8 && Enumerable.Range(0, bits).All(bit => ((left[bit / 8] ^ right[bit / 8]) >> (7 - (bit % 8)) & 1) == 0);
        }

        return IPAddress.TryParse(parts[1], out IPAddress? mask)
            && mask.GetAddressBytes() is { } kept && kept.Length == left.Length
            && left.Zip(right, (one, other) => one ^ other).Zip(kept, (difference, keep) => difference & keep).All(rest => rest == 0);
    }
}
