namespace XenMigrate.Downtime;

/// <summary>One line of a guest's console: a beat, or word of a gap that the guest noticed itself.</summary>
internal abstract record HeartbeatLine(string Text)
{
    private const string Figure = @"-?\d{1,12}\.\d{1,9}";

    private static readonly Regex s_beat = new(
        $@"^(?<time>\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{{1,6}}) up (?<up>{Figure}) beat (?<beat>\d{{1,18}})$",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_gap = new(
        $@"^GAP wall (?<wall>{Figure}) s mono (?<mono>{Figure}) s at (?<at>{Figure})$",
        RegexOptions.CultureInvariant);

    /// <summary>Once a second: the guest's clock of day, its time since boot, and a counter.</summary>
    public sealed record Beat(string Text, DateTimeOffset Wall, TimeSpan Up, long Number) : HeartbeatLine(Text);

    /// <summary>The guest found its own clocks ahead of where it left them.</summary>
    public sealed record Gap(string Text, TimeSpan Wall, TimeSpan Monotonic) : HeartbeatLine(Text);

    /// <summary>Those lines of a console log that are this guest's heartbeat; a log holds anything else as well.</summary>
    public static IEnumerable<HeartbeatLine> Parse(string guest, string log)
    {
        foreach (string line in log.Split('\n'))
        {
            string text = line.Trim();
            if (text.StartsWith(guest + " ", StringComparison.Ordinal)
                && Read(text, text.Substring(guest.Length + 1)) is { } read)
            {
                yield return read;
            }
        }
    }

    private static HeartbeatLine? Read(string line, string words)
    {
        if (s_beat.Match(words) is { Success: true } beat)
        {
            return DateTimeOffset.TryParse(
                beat.Groups["time"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset wall)
                ? new Beat(line, wall, Seconds(beat, "up"), long.Parse(beat.Groups["beat"].Value, CultureInfo.InvariantCulture))
                : null;
        }

        return s_gap.Match(words) is { Success: true } gap ? new Gap(line, Seconds(gap, "wall"), Seconds(gap, "mono")) : null;
    }

    // At most twelve digits before the point: as ticks they fit.
    private static TimeSpan Seconds(Match match, string name) => TimeSpan.FromTicks((long)Math.Max(
        long.MinValue / 4,
        Math.Min(long.MaxValue / 4, decimal.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond)));
}
