using System.Text.Json;

namespace XenMigrate.PreCopy;

/// <summary>What a save helper counted of the pages that a guest writes: one JSON object in a line.</summary>
/// <param name="PopulatedPages">The pages that the guest has; 0 if Xen did not tell.</param>
/// <param name="Counts">How many different pages it had written after so long, the shortest time first.</param>
internal sealed record DirtyRateReport(long PopulatedPages, IReadOnlyList<(TimeSpan After, long Pages)> Counts)
{
    /// <summary>The report as a line, without its end.</summary>
    public string ToLine()
    {
        StringBuilder text = new StringBuilder("{\"xenmigrate\":\"dirtyRate\",\"populatedPages\":")
            .Append(PopulatedPages.ToString(CultureInfo.InvariantCulture)).Append(",\"counts\":[");
        for (int i = 0; i < Counts.Count; i++)
        {
            _ = text.Append(i == 0 ? "" : ",").Append('[').Append(Counts[i].After.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture))
                .Append(',').Append(Counts[i].Pages.ToString(CultureInfo.InvariantCulture)).Append(']');
        }

        return text.Append("]}").ToString();
    }

    /// <summary>Reads what a helper printed; null if it is no such thing.</summary>
    public static DirtyRateReport? Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            (TimeSpan After, long Pages)[] counts =
            [
                .. root.GetProperty("counts").EnumerateArray().Select(count => (Seconds(count[0].GetDouble()), count[1].GetInt64())),
            ];
            long populated = root.GetProperty("populatedPages").GetInt64();
            return root.GetProperty("xenmigrate").GetString() == "dirtyRate" && populated >= 0 && counts.Length > 0 && Grows(counts)
                ? new DirtyRateReport(populated, counts)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException
            or KeyNotFoundException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromTicks(checked((long)Math.Round(seconds * TimeSpan.TicksPerSecond)));

    private static bool Grows((TimeSpan After, long Pages)[] counts) => Enumerable.Range(0, counts.Length).All(i =>
        counts[i].After > (i == 0 ? TimeSpan.Zero : counts[i - 1].After) && counts[i].Pages >= (i == 0 ? 0 : counts[i - 1].Pages));
}
