namespace XenMigrate.Facts;

/// <summary>What a bridge is made by.</summary>
internal enum BridgeKind
{
    Linux,
    OpenVSwitch,
}

/// <summary>What a bridge of a host is like.</summary>
internal sealed record BridgeDetails
{
    public required BridgeKind Kind { get; init; }

    /// <summary>Bytes; null where nobody tells, as for a bridge of Open vSwitch's that is none of Linux's interfaces.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether it takes part in the spanning tree protocol.</summary>
    public bool SpanningTree { get; init; }

    /// <summary>How long a new port listens and learns before it forwards.</summary>
    public TimeSpan ForwardDelay { get; init; }

    /// <summary>The VLANs that its ports lead to; none if they carry untagged frames.</summary>
    public IReadOnlyList<int> Vlans { get; init; } = [];
}

/// <summary>Bridges as sysfs and Open vSwitch describe them. The kernel of RHEL 5 has these files as well.</summary>
internal static class BridgeDetailsQuestion
{
    private static readonly RemoteCommand s_vlans = new("cat", "/proc/net/vlan/config");

    // "eth0.42        | 42  | eth0"
    private static readonly Regex s_vlan = new(@"^(?<name>\S+)\s*\|\s*(?<id>[0-9]{1,4})\s*\|", RegexOptions.CultureInvariant);

    /// <summary>By name. A name of which the host knows nothing is not in it.</summary>
    public static Question<IReadOnlyDictionary<string, BridgeDetails>> Of(string host, IReadOnlyList<string> names) => new(
        [s_vlans, .. names.SelectMany(name => new[] { Attributes(name), Ports(name), OpenVSwitchVlan(name) })],
        results => Read(host, names, results));

    // One line a file, with its path before it; what is not there is left out.
    private static RemoteCommand Attributes(string bridge)
    {
        string folder = "/sys/class/net/" + bridge;
        return new("grep", "-s", ".", folder + "/mtu", folder + "/bridge/stp_state", folder + "/bridge/forward_delay");
    }

    private static RemoteCommand Ports(string bridge) => new("ls", "/sys/class/net/" + bridge + "/brif");

    private static RemoteCommand OpenVSwitchVlan(string bridge) => new("ovs-vsctl", "br-to-vlan", bridge);

    private static Dictionary<string, BridgeDetails> Read(
        string host, IReadOnlyList<string> names, IReadOnlyList<CommandResult> results)
    {
        Dictionary<string, BridgeDetails> found = [];
        ILookup<string, int> vlans = ParseVlans(results[0].Succeeded ? results[0].Output : "");
        for (int i = 0; i < names.Count; i++)
        {
            CommandResult attributes = results[1 + (3 * i)];
            // grep ends with 1 or 2 where files are missing; anything above says that nobody looked.
            if (attributes.ExitCode is < 0 or > 2)
            {
                throw new RemoteCommandFailedException(host, Attributes(names[i]), attributes);
            }

            if (Parse(names[i], attributes.Output, results[2 + (3 * i)], results[3 + (3 * i)], vlans) is { } details)
            {
                found[names[i]] = details;
            }
        }

        return found;
    }

    private static BridgeDetails? Parse(
        string name, string attributes, CommandResult ports, CommandResult openVSwitch, ILookup<string, int> vlans)
    {
        int? mtu = Number(name, attributes, "/mtu");
        if (Number(name, attributes, "/bridge/stp_state") is { } spanningTree)
        {
            return new BridgeDetails
            {
                Kind = BridgeKind.Linux,
                Mtu = mtu,
                SpanningTree = spanningTree != 0,
                // Hundredths of a second, whatever the kernel's own tick.
                ForwardDelay = TimeSpan.FromMilliseconds(10.0 * (Number(name, attributes, "/bridge/forward_delay") ?? 0)),
                Vlans = ports.Succeeded
                    ? [.. Lines(ports.Output).SelectMany(port => vlans[port]).Distinct().OrderBy(vlan => vlan)]
                    : [],
            };
        }

        return openVSwitch.Succeeded && int.TryParse(openVSwitch.Output.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int vlan)
            ? new BridgeDetails { Kind = BridgeKind.OpenVSwitch, Mtu = mtu, Vlans = vlan == 0 ? [] : [vlan] }
            : null;
    }

    private static int? Number(string bridge, string output, string file)
    {
        string path = "/sys/class/net/" + bridge + file + ":";
        return Lines(output).FirstOrDefault(line => line.StartsWith(path, StringComparison.Ordinal)) is not { } line ? null
            : int.TryParse(line.Substring(path.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw new OutputNotUnderstoodException(Attributes(bridge), $"no number: {line}", output);
    }

    private static ILookup<string, int> ParseVlans(string output) => Lines(output)
        .Select(line => s_vlan.Match(line))
        .Where(match => match.Success)
        .ToLookup(
            match => match.Groups["name"].Value,
            match => int.Parse(match.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture));

    private static string[] Lines(string output) => output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
}
