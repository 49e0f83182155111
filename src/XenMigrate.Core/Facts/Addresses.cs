namespace XenMigrate.Facts;

/// <summary>The IP addresses of a host, of which every host has at least its own loopback.</summary>
internal static class Addresses
{
    private static readonly Regex s_address = new(@"\sinet6?\s+(?<address>[0-9a-fA-F.:]+)", RegexOptions.CultureInvariant);

    // "2: eth1    inet 10.77.0.7/24 …"; the ip of RHEL 5 writes a line for the link itself as well.
    private static readonly Regex s_line = new(@"^\d+:\s+\S", RegexOptions.CultureInvariant);

    public static RemoteCommand Command { get; } = new("ip", "-o", "address", "show");

    public static Question<IReadOnlyList<string>> Question(string host) => new(
        Command,
        result => result.Succeeded
            ? Parse(result.Output)
            : throw new RemoteCommandFailedException(host, Command, result));

    /// <exception cref="OutputNotUnderstoodException">A line is none of ip's, or there is no address at all.</exception>
    public static IReadOnlyList<string> Parse(string output)
    {
        List<string> addresses = [];
        foreach (string line in OutputLines.Of(Command, output))
        {
            if (!s_line.IsMatch(line))
            {
                throw new OutputNotUnderstoodException(Command, $"no address: {line}", output);
            }

            if (s_address.Match(line) is { Success: true } match)
            {
                addresses.Add(match.Groups["address"].Value);
            }
        }

        return addresses.Count > 0 ? addresses : throw new OutputNotUnderstoodException(Command, "it has no address", output);
    }
}
