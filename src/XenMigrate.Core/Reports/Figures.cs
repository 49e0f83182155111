namespace XenMigrate.Reports;

/// <summary>Figures as people read them: three digits that matter, and a unit.</summary>
internal static class Figures
{
    /// <summary>What stands where nothing is known.</summary>
    public const string None = "–";

    /// <summary>Bytes in a page of guest memory.</summary>
    public const long PageSize = 4096;

    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    public static string Size(double bytes)
    {
        int unit = Unit(bytes);
        return $"{Digits(bytes / UnitSize(unit))} {UnitName(unit)}";
    }

    public static string Size(long? bytes) => bytes is { } known ? Size((double)known) : None;

    public static string Rate(double bytesPerSecond) => Size(bytesPerSecond) + "/s";

    public static string Time(TimeSpan? time) => time is { } known ? Time(known) : None;

    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 0 => "-" + Time(time.Negate()),
        0 => "0 s",
        < 0.9995 => $"{Digits(time.TotalMilliseconds)} ms",
        < 59.95 => $"{Digits(time.TotalSeconds)} s",
        < 3600 => FormattableString.Invariant($"{(int)time.TotalMinutes} min {time.Seconds:00} s"),
        _ => FormattableString.Invariant($"{(long)time.TotalHours} h {time.Minutes:00} min"),
    };

    public static string Moment(DateTimeOffset moment) =>
        moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>1 word, 2 words.</summary>
    public static string Many(int count, string word) => count == 1
        ? $"1 {word}"
        : $"{count.ToString(CultureInfo.InvariantCulture)} {word}s";

    /// <summary>The unit that a number of bytes is best told in; of several figures, that of the largest.</summary>
    public static int Unit(double bytes)
    {
        int unit = 0;
        for (double rest = Math.Abs(bytes); rest >= 1023.5 && unit < s_units.Length - 1; rest /= 1024)
        {
            unit++;
        }

        return unit;
    }

    public static double UnitSize(int unit) => Math.Pow(1024, unit);

    public static string UnitName(int unit) => s_units[unit];

    public static string Digits(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.01 => value.ToString("0.###", CultureInfo.InvariantCulture),
        < 9.995 => value.ToString("0.##", CultureInfo.InvariantCulture),
        < 99.95 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };
}
