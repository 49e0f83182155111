namespace XenMigrate.Fleet.Forecasts;

/// <summary>Sends 16 MiB of zeros from one host to the other, by the ssh that a move goes by: what the link carries.</summary>
internal static class LinkProbe
{
    public const string Mark = "xenmigrate-link ";

    // By the far end's clock, and from the first bytes on: none of the handshake is in it. So many bytes rather than so many
    // seconds: a busy host may take seconds to start what would count them.
    private const string Receive =
        $"""head -c 65536 >/dev/null; began=$(date +%s.%N); bytes=$(head -c 16777216 | wc -c); echo "{Mark}$bytes $began $(date +%s.%N)" """;

    private const string Send = """exec timeout 25 "$@" </dev/zero""";

    /// <param name="destination">What the source calls the destination.</param>
    public static RemoteCommand Command(string destination) =>
        RemoteCommand.Script(Send, [.. XlMigrate.SshWords, destination, new RemoteCommand("sh", "-c", Receive).ToString()]);

    /// <summary>Bytes per second; null if the far end did not tell.</summary>
    public static double? Rate(CommandResult result)
    {
        string[] words = result.Output.Split('\n').LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal))?.Trim().Split(' ') ?? [];
        return words.Length == 4 && Number(words[1]) is > 0 and var bytes && Number(words[2]) is { } began && Number(words[3]) is { } ended && ended > began
            ? bytes / (ended - began)
            : null;
    }

    private static double? Number(string word) =>
        double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number < 1e18 ? number : null;
}
