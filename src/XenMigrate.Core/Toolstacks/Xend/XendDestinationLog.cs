namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// What xend at the destination noted while a guest came. xend at the source knows no more than that the stream was taken: why
/// a guest was refused, or thrown away after it came, stands there alone.
/// </summary>
internal static class XendDestinationLog
{
    public const string Name = "read the latest of a log";

    // By the host's own clock, which the lines bear: "[2026-11-23 04:10:01 3445] …". A traceback's lines have no time and
    // belong to the line before.
    private const string Script =
        """
        since=$(date -d "$1 seconds ago" '+[%Y-%m-%d %H:%M:%S') || exit
        LC_ALL=C awk -v since="$since" 'substr($0, 1, 2) ~ /^\[[0-9]/ { recent = $0 >= since } recent' "$2" | tail -n 400
        """;

    // The guest may have begun to come a little before its transfer was seen to begin.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    public static RemoteCommand Command(TimeSpan took, string path = "/var/log/xen/xend.log") =>
        RemoteCommand.Script(Script, Math.Ceiling((took + s_margin).TotalSeconds).ToString(CultureInfo.InvariantCulture), path)
            .Named(Name);

    /// <summary>The lines that a person would want to read when a move failed.</summary>
    public static IReadOnlyList<string> Parse(string log) =>
        [.. log.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => XendLogLine.IsWorthKeeping(line) || IsException(line))];

    /// <summary>Nothing where the log can't be read: the move is told without it.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(IHostShell destination, TimeSpan took)
    {
        try
        {
            CommandResult log = await destination.RunAsync(Command(took), default).ConfigureAwait(false);
            return log.Succeeded ? Parse(log.Output) : [];
        }
        catch (XenMigrateException)
        {
            return [];
        }
    }

    // The last line of a traceback: "VmError: Device 0 (vif) could not be connected. …".
    private static bool IsException(string line) =>
        line.IndexOf("Error: ", StringComparison.Ordinal) is > 0 and var at && line.Take(at).All(char.IsLetter);
}
