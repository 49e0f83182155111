namespace XenMigrate.Facts;

/// <summary>What a host's clock shows: the bounds that the resolution of its date leaves.</summary>
internal sealed record ClockTime(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    // A date that knows no %N prints it, or an N, or nothing.
    private static readonly Regex s_time = new(
        @"^(?<seconds>\d{1,11})(?:\.(?:(?<fraction>\d{9})|%?N)?)?\s*$", RegexOptions.CultureInvariant);

    public static RemoteCommand Command { get; } = new("date", "+%s.%N");

    public static Question<ClockTime> Question(string host) => new(
        Command,
        result => result.Succeeded ? Parse(result.Output) : throw new RemoteCommandFailedException(host, Command, result));

    /// <exception cref="OutputNotUnderstoodException">It is no time since 1970.</exception>
    public static ClockTime Parse(string output)
    {
        Match match = s_time.Match(output);
        if (!match.Success)
        {
            throw new OutputNotUnderstoodException(Command, "no seconds since 1970", output);
        }

        DateTimeOffset whole = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(match.Groups["seconds"].Value, NumberStyles.None, CultureInfo.InvariantCulture));
        if (!match.Groups["fraction"].Success)
        {
            return new ClockTime(whole, whole + TimeSpan.FromSeconds(1));
        }

        long nanoseconds = long.Parse(match.Groups["fraction"].Value, NumberStyles.None, CultureInfo.InvariantCulture);
        DateTimeOffset time = whole.AddTicks(nanoseconds / 100);
        return new ClockTime(time, time);
    }
}

/// <summary>How far a host's clock is ahead of ours: it lies between the two bounds for certain.</summary>
internal sealed record ClockReading(TimeSpan Least, TimeSpan Most)
{
    /// <summary>The middle of the bounds.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks((Least.Ticks / 2) + (Most.Ticks / 2));

    /// <summary>
    /// The host read its clock first after we asked and last before we had the answer. So the way there and the way back
    /// bound the offset, and what the host did in between widens nothing.
    /// </summary>
    /// <param name="asked">Our clock when the question went.</param>
    /// <param name="first">The host's clock as the first thing it did.</param>
    /// <param name="last">The host's clock as the last thing it did.</param>
    /// <param name="answered">Our clock when the answer was there.</param>
    public static ClockReading Between(DateTimeOffset asked, ClockTime first, ClockTime last, DateTimeOffset answered) =>
        new(last.Earliest - answered, first.Latest - asked);
}
