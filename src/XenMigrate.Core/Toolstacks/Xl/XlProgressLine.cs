namespace XenMigrate.Toolstacks.Xl;

/// <summary>The progress lines of <c>xl save</c>: "xc: progress: Frames: 2048/32768    6%".</summary>
internal static class XlProgressLine
{
    private static readonly Regex s_progress = new(
        @"^xc: (progress: )?Frames[^:]*: (?<done>\d+)/(?<total>\d+)\s", RegexOptions.CultureInvariant);

    /// <summary>Percent done, or null if the line is no progress.</summary>
    public static int? Percent(string line)
    {
        Match match = s_progress.Match(line);
        return match.Success
            && long.TryParse(match.Groups["done"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long done)
            && long.TryParse(match.Groups["total"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long total)
            && total > 0
            && done <= total
                ? (int)(100.0 * done / total)
                : null;
    }
}
