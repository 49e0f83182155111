namespace XenMigrate.Facts;

/// <summary>Times in words.</summary>
internal static class Durations
{
    /// <summary>A time without its sign, in the two units that matter: 4 h 28 min, 12 days 3 h, 0.013 s.</summary>
    public static string Words(TimeSpan time)
    {
        TimeSpan size = time.Duration();
        return size.TotalDays >= 1 ? FormattableString.Invariant($"{(int)size.TotalDays} days {size.Hours} h")
            : size.TotalHours >= 1 ? FormattableString.Invariant($"{size.Hours} h {size.Minutes} min")
            : size.TotalMinutes >= 1 ? FormattableString.Invariant($"{size.Minutes} min {size.Seconds} s")
            : FormattableString.Invariant($"{size.TotalSeconds:0.###} s");
    }
}
