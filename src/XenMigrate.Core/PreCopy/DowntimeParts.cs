namespace XenMigrate;

/// <summary>What a guest stands still for while it is moved live.</summary>
/// <param name="Suspension">From the request to suspend until the guest stood still.</param>
/// <param name="LastCopy">The copy of what was left of its memory.</param>
/// <param name="Start">All that followed: the state of its devices, the restore at the destination, the handshake, the start.</param>
public sealed record DowntimeParts(TimeSpan Suspension, TimeSpan LastCopy, TimeSpan Start)
{
    public TimeSpan Suspension { get; internal init; } = Suspension;

    public TimeSpan LastCopy { get; internal init; } = LastCopy;

    public TimeSpan Start { get; internal init; } = Start;

    public TimeSpan Total => Suspension + LastCopy + Start;

    /// <summary>What does not depend on how much is left to copy.</summary>
    internal TimeSpan Fixed => Suspension + Start;

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:0.0##} s: {1:0.0##} to suspend, {2:0.0##} to copy the rest, {3:0.0##} to start",
        Total.TotalSeconds,
        Suspension.TotalSeconds,
        LastCopy.TotalSeconds,
        Start.TotalSeconds);

    /// <summary>The middle of each part; null of none.</summary>
    internal static DowntimeParts? Median(IReadOnlyList<DowntimeParts> all)
    {
        return all.Count == 0 ? null : new DowntimeParts(Middle(parts => parts.Suspension), Middle(parts => parts.LastCopy), Middle(parts => parts.Start));

        TimeSpan Middle(Func<DowntimeParts, TimeSpan> part)
        {
            TimeSpan[] sorted = [.. all.Select(part).OrderBy(time => time)];
            return new TimeSpan((sorted[(sorted.Length - 1) / 2].Ticks + sorted[sorted.Length / 2].Ticks) / 2);
        }
    }
}
