namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// What the receiving xl noted while a guest came. Once it has built the guest it writes to a file of its own, so that why the guest
/// could not be restored never reaches the source, which only sees the stream break.
/// </summary>
internal static class XlDestinationLog
{
    public const string Name = "read the receiver's log";

    // xl begins a new file each time; one that was not written since then tells of another move.
    private const string Script = """[ $(($(date +%s) - $(stat -c %Y -- "$2"))) -le "$1" ] && exec tail -n 200 -- "$2" """;

    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    public static RemoteCommand Command(string guest, TimeSpan took, string folder = "/var/log/xen") => RemoteCommand.Script(
        Script, Math.Ceiling((took + s_margin).TotalSeconds).ToString(CultureInfo.InvariantCulture), $"{folder}/xl-{guest}--incoming.log").Named(Name);

    /// <summary>Its errors, since the xl that watches a guest to its end writes there too; none where the log can't be read.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(IHostShell destination, string guest, TimeSpan took)
    {
        try
        {
            CommandResult log = await destination.RunAsync(Command(guest, took), default).ConfigureAwait(false);
            return log.Succeeded ? [.. log.Output.Split('\n').Select(line => line.TrimEnd('\r')).Where(IsError)] : [];
        }
        catch (XenMigrateException)
        {
            return [];
        }
    }

    private static bool IsError(string line) => line.Contains(": error: ", StringComparison.Ordinal) && XlMigrateLine.IsWorthKeeping(line);
}
