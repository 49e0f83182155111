namespace XenMigrate.Fleet.Forecasts;

/// <summary>Sends zeros from one host to the other for two seconds, by the ssh that a move goes by: what the link carries.</summary>
internal static class LinkProbe
{
    // dd tells what it has copied when it is interrupted. It is the far end's time: none of the handshake is in it.
    private const string Receive = "LC_ALL=C exec timeout -s INT 2 dd of=/dev/null bs=65536";
    private const string Script = """exec timeout 30 "$@" </dev/zero""";

    private static readonly Regex s_copied = new(@"^(?<bytes>\d{1,18}) bytes .*copied, (?<seconds>\d{1,6}(\.\d{1,12})?) s(,|$)", RegexOptions.CultureInvariant);

    /// <param name="destination">What the source calls the destination.</param>
    public static RemoteCommand Command(string destination) => RemoteCommand.Script(Script, [.. XlMigrate.SshWords, destination, Receive]);

    /// <summary>Bytes per second; null if the far end did not tell.</summary>
    public static double? Rate(CommandResult result) => result.Error.Split('\n').Concat(result.Output.Split('\n'))
        .Select(line => s_copied.Match(line.Trim()))
        .Where(match => match.Success)
        .Select(match => (Bytes: Number(match, "bytes"), Seconds: Number(match, "seconds")))
        .Where(copied => copied is { Bytes: > 0, Seconds: > 0 })
        .Select(copied => (double?)(copied.Bytes / copied.Seconds))
        .FirstOrDefault();

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
