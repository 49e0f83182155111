namespace XenMigrate.Toolstacks.Xend;

/// <summary>The lines of xend.log that tell how far a move is: all that xend tells of it.</summary>
internal static class XendLogLine
{
    private const int PageSize = 4096;

    private static readonly Regex s_statistics = new(
        @"delta (?<ms>\d+)ms, dom0 \d+%, target \d+%, sent (?<sent>\d+)Mb/s, dirtied (?<rate>\d+)Mb/s (?<dirty>\d+) pages",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_progress = new(
        @"Saving memory pages: iter (?<round>\d+)\s+(?<percent>\d+)%", RegexOptions.CultureInvariant);

    public static RemoteCommand Watch { get; } = new("tail", "-n", "0", "-F", "/var/log/xen/xend.log");

    /// <summary>A round that ended, with the number that the caller counts; null if the line tells of none.</summary>
    public static MigrationIteration? Round(string line, int number)
    {
        Match match = s_statistics.Match(line);
        if (!match.Success || Number(match, "ms") is not { } milliseconds || Number(match, "sent") is not { } megabits
            || Number(match, "dirty") is not { } dirty)
        {
            return null;
        }

        // "Mb/s" is megabits; the line has no better figure of what was sent.
        double perSecond = megabits * 1e6 / 8;
        TimeSpan took = TimeSpan.FromMilliseconds(milliseconds);
        long bytes = (long)(perSecond * took.TotalSeconds);
        return new MigrationIteration(
            number,
            bytes / PageSize,
            bytes,
            took,
            dirty,
            perSecond > 0 ? TimeSpan.FromSeconds(dirty * PageSize / perSecond) : TimeSpan.Zero,
            ConvergenceDecision.Continue,
            "");
    }

    /// <summary>The round under way and how much of it is sent; null if the line does not tell.</summary>
    public static (int Round, int Percent)? Progress(string line) =>
        s_progress.Match(line) is { Success: true } match
        && Number(match, "round") is { } round
        && Number(match, "percent") is { } percent and <= 100
            ? ((int)round, (int)percent)
            : null;

    /// <summary>Whether xend begins to suspend a guest, after which nobody may stop the move.</summary>
    public static bool IsSuspending(string line, int id) =>
        line.Contains("saveInputHandler suspend", StringComparison.Ordinal)
        || line.Contains($"Suspending {XmDomain.Text(id)} ", StringComparison.Ordinal)
        || line.Contains($"Domain {XmDomain.Text(id)} suspended", StringComparison.Ordinal);

    /// <summary>Whether a person would want to read it when a move failed.</summary>
    public static bool IsWorthKeeping(string line) =>
        line.Contains("ERROR", StringComparison.Ordinal) || line.Contains("WARNING", StringComparison.Ordinal);

    private static long? Number(Match match, string group) =>
        int.TryParse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
