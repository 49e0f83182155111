namespace XenMigrate.Facts;

/// <summary>The network bridges of a host: Linux's own and Open vSwitch's.</summary>
internal static class Bridges
{
    // "3: xenbr1: <BROADCAST,…> mtu 1500 …"; a name may be followed by @ and the device it sits on.
    private static readonly Regex s_link = new(@"^\d+:\s+(?<name>[^:@\s]+)[@:]", RegexOptions.CultureInvariant);

    // "xenbr1          8000.feffffffffff       no              peth1"
    private static readonly Regex s_old = new(@"^(?<name>\S+)\s+[0-9a-f]{4}\.[0-9a-f]{12}\s", RegexOptions.CultureInvariant);

    // An interface has at most 15 characters; a bridge that only Open vSwitch knows may have more.
    private static readonly Regex s_name = new(@"^\s*[^\s\0]{1,255}\s*$", RegexOptions.CultureInvariant);

    public static RemoteCommand LinuxCommand { get; } = new("ip", "-o", "link", "show", "type", "bridge");

    public static RemoteCommand OpenVSwitchCommand { get; } = new("ovs-vsctl", "list-br");

    /// <summary>For hosts whose ip is too old to know bridges.</summary>
    public static RemoteCommand OldCommand { get; } = new RemoteCommand("brctl", "show").AfterFailure();

    public static Question<IReadOnlyList<string>> Question(string host) => new(
        [LinuxCommand, OldCommand, OpenVSwitchCommand],
        results =>
        [
            .. results[0].Succeeded ? ParseLinux(results[0].Output)
                : results[1].Succeeded ? ParseOld(results[1].Output)
                : throw new RemoteCommandFailedException(host, LinuxCommand, results[0]),
            // Where ovs-vsctl is missing or its daemon does not run, there are no such bridges.
            .. results[2].Succeeded ? ParseOpenVSwitch(results[2].Output) : [],
        ]);

    /// <exception cref="OutputNotUnderstoodException">A line is no link.</exception>
    public static IReadOnlyList<string> ParseLinux(string output) =>
    [
        .. OutputLines.Of(LinuxCommand, output).Select(line =>
            s_link.Match(line) is { Success: true } match
                ? match.Groups["name"].Value
                : throw new OutputNotUnderstoodException(LinuxCommand, $"no link: {line}", output)),
    ];

    /// <summary>Reads brctl's table, in which a bridge's further interfaces follow on lines of their own.</summary>
    /// <exception cref="OutputNotUnderstoodException">A line is neither of them.</exception>
    public static IReadOnlyList<string> ParseOld(string output) =>
    [
        .. OutputLines.Of(OldCommand, output)
            .Where(line => !line.StartsWith("bridge name", StringComparison.Ordinal) && !s_name.IsMatch(line))
            .Select(line => s_old.Match(line) is { Success: true } match
                ? match.Groups["name"].Value
                : throw new OutputNotUnderstoodException(OldCommand, $"no bridge: {line}", output)),
    ];

    /// <exception cref="OutputNotUnderstoodException">A line is no name.</exception>
    public static IReadOnlyList<string> ParseOpenVSwitch(string output) =>
    [
        .. OutputLines.Of(OpenVSwitchCommand, output).Select(line => s_name.IsMatch(line)
            ? line.Trim()
            : throw new OutputNotUnderstoodException(OpenVSwitchCommand, $"no bridge: {line}", output)),
    ];
}
