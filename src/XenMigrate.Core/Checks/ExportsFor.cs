using System.Net;

namespace XenMigrate.Checks;

/// <summary>Which of an export's entries a server applies to a host.</summary>
/// <param name="Entries">Those that may be the host's; none if all are others'.</param>
/// <param name="IsSure">Whether one of them is known to be applied, and nothing depends on which.</param>
internal sealed record ExportsFor(IReadOnlyList<NfsExport> Entries, bool IsSure)
{
    private static readonly Regex s_name = new(@"^[\w.-]+$", RegexOptions.CultureInvariant);

    /// <summary>
    /// A server takes the entry of a host's name or address, then that of its network, then a pattern or a group of names,
    /// then what is for all; and whether another name is the host's nobody here knows.
    /// </summary>
    public static ExportsFor Client(HostFacts client, IReadOnlyList<NfsExport> exports)
    {
        NfsExport[] own = [.. exports.Where(export => Names(client, export.Client))];
        NfsExport[] network = [.. exports.Where(export => client.Addresses.Value?.Any(address => IsWithin(address, export.Client)) == true)];
        NfsExport[] names = [.. exports.Where(export => s_name.IsMatch(export.Client) && !IPAddress.TryParse(export.Client, out _))];
        NfsExport[] entries = own.Length > 0 ? own
            : network.Length > 0 ? [.. names.Concat(network)]
            : [.. exports.Where(export => client.Addresses.Value is null || !IsOthersAddress(client, export.Client))];
        return new ExportsFor(
            entries,
            (own.Length > 0 || network.Length > 0 || entries.Any(export => export.IsForAll))
                && entries.Select(export => (export.IsReadOnly, export.SquashesRoot, export.IsAsync)).Distinct().Count() == 1);
    }

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
