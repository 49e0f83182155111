using System.Text.Json;

namespace XenMigrate.PreCopy;

/// <summary>
/// What a transfer that obeys <see cref="PreCopyOptions"/> tells of itself while it runs: one JSON object a line, the
/// property "xenmigrate" first, on the output of the command that moves the guest.
/// </summary>
internal abstract record PreCopyReport
{
    /// <summary>What every report begins with.</summary>
    public const string Beginning = "{\"xenmigrate\":";

    /// <summary>The reason of a transfer that was given up with the guest paused, since the pause was limited.</summary>
    public const string PauseTooLong = "the pause would have been longer than allowed: the guest goes on at the source";

    /// <summary>So far in the round under way, at least twice a second.</summary>
    public sealed record RoundProgress(int Round, long PagesDone, long PagesInRound, double BytesPerSecond) : PreCopyReport;

    /// <summary>A round ended.</summary>
    public sealed record RoundEnded(MigrationIteration Iteration) : PreCopyReport;

    /// <summary>The guest is paused now: from here on nobody stops the move.</summary>
    /// <param name="Took">From the request until the guest stood still; null where that is not known.</param>
    public sealed record GuestSuspended(TimeSpan? Took = null) : PreCopyReport;

    /// <summary>The transfer ended.</summary>
    /// <param name="Moved">Whether the destination acknowledged that the guest runs there.</param>
    /// <param name="Offline">Whether the guest was paused although the rest did not fit the allowed pause.</param>
    /// <param name="Pause">From the guest's pause to the destination's word that it runs; null if it was never paused.</param>
    /// <param name="HeartbeatGap">The longest gap that the guest itself saw between two beats meanwhile, or null.</param>
    /// <param name="Bytes">Bytes on the wire, in all.</param>
    /// <param name="Reason">Why it ended as it did.</param>
    public sealed record TransferEnded(
        bool Moved, bool Offline, TimeSpan? Pause, TimeSpan? HeartbeatGap, long Bytes, string Reason) : PreCopyReport;

    /// <summary>The report as a line, without its end.</summary>
    public string ToLine() => this switch
    {
        RoundProgress p => Object("progress", ("round", p.Round), ("pagesDone", p.PagesDone), ("pagesInRound", p.PagesInRound),
            ("bytesPerSecond", Math.Round(p.BytesPerSecond))),
        RoundEnded { Iteration: { } i } => Object("round", ("round", i.Number), ("pages", i.Pages), ("bytes", i.Bytes),
            ("seconds", i.Duration.TotalSeconds), ("dirtyPages", i.DirtyPages),
            ("predictedPause", i.PredictedDowntime.TotalSeconds), ("decision", i.Decision.ToString()), ("why", i.Reason)),
        GuestSuspended s => Object("suspended", ("seconds", s.Took?.TotalSeconds)),
        TransferEnded e => Object("end", ("moved", e.Moved), ("offline", e.Offline), ("pause", e.Pause?.TotalSeconds),
            ("heartbeatGap", e.HeartbeatGap?.TotalSeconds), ("bytes", e.Bytes), ("why", e.Reason)),
        _ => throw new InvalidOperationException(GetType().Name),
    };

    /// <summary>The report that a line holds, or null if it holds none.</summary>
    public static PreCopyReport? Parse(string line)
    {
        if (!line.StartsWith(Beginning, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException
            or KeyNotFoundException)
        {
            return null;
        }
    }

    private static PreCopyReport? Read(JsonElement o) => o.GetProperty("xenmigrate").GetString() switch
    {
        "progress" => new RoundProgress(
            o.GetProperty("round").GetInt32(), Count(o, "pagesDone"), Count(o, "pagesInRound"), o.GetProperty("bytesPerSecond").GetDouble()),
        "round" => new RoundEnded(new MigrationIteration(
            o.GetProperty("round").GetInt32(),
            Count(o, "pages"),
            Count(o, "bytes"),
            Time(o, "seconds") ?? TimeSpan.Zero,
            Count(o, "dirtyPages"),
            Time(o, "predictedPause") ?? TimeSpan.Zero,
            Decision(o.GetProperty("decision").GetString()),
            o.GetProperty("why").GetString() ?? "")),
        "suspended" => new GuestSuspended(o.TryGetProperty("seconds", out _) ? Time(o, "seconds") : null),
        "end" => new TransferEnded(
            o.GetProperty("moved").GetBoolean(),
            o.GetProperty("offline").GetBoolean(),
            Time(o, "pause"),
            Time(o, "heartbeatGap"),
            Count(o, "bytes"),
            o.GetProperty("why").GetString() ?? ""),
        _ => null,
    };

    private static long Count(JsonElement o, string name) =>
        o.GetProperty(name).GetInt64() is >= 0 and long count ? count : throw new FormatException(name);

    private static TimeSpan? Time(JsonElement o, string name) => o.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value
        ? TimeSpan.FromTicks(checked((long)Math.Round(value.GetDouble() * TimeSpan.TicksPerSecond)))
        : null;

    private static ConvergenceDecision Decision(string? name) => name switch
    {
        nameof(ConvergenceDecision.Continue) => ConvergenceDecision.Continue,
        nameof(ConvergenceDecision.StopAndCopy) => ConvergenceDecision.StopAndCopy,
        nameof(ConvergenceDecision.GoOffline) => ConvergenceDecision.GoOffline,
        nameof(ConvergenceDecision.Abort) => ConvergenceDecision.Abort,
        _ => throw new FormatException(name),
    };

    private static string Object(string kind, params (string Name, object? Value)[] properties)
    {
        StringBuilder text = new("{\"xenmigrate\":\"" + kind + "\"");
        foreach ((string name, object? value) in properties)
        {
            _ = text.Append(",\"").Append(name).Append("\":").Append(value switch
            {
                null => "null",
                bool flag => flag ? "true" : "false",
                string words => PreCopyWords.Quote(words),
                double number => number.ToString("0.#########", CultureInfo.InvariantCulture),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            });
        }

        return text.Append('}').ToString();
    }
}
