using System.Text.Json;

namespace XenMigrate.Journal;

/// <summary>Reads what is in an entry, as <see cref="JournalEntryWriting"/> wrote it or a version before did.</summary>
internal static class JournalEntryReading
{
    /// <summary>Null if it is of a kind that is not known.</summary>
    /// <exception cref="FormatException">It lacks something, or has something that can't be.</exception>
    public static JournalEntry? Read(JsonElement json) => json.Text("kind") switch
    {
        "begun" => Begun(json),
        "commandBegun" => new JournalEntry.CommandBegun(
            json.GetProperty("command").GetInt32(), Needed(json, "host"), Needed(json, "text")),
        "commandEnded" => new JournalEntry.CommandEnded(
            json.GetProperty("command").GetInt32(),
            (int?)json.Number("exitCode"),
            Seconds(json.GetProperty("seconds")),
            json.Text("error")),
        "step" => new JournalEntry.Stepped(Parse<MigrationStep>(Needed(json, "step"))),
        "decision" => new JournalEntry.Decided(Needed(json, "text")),
        "heartbeat" => new JournalEntry.Beat(),
        "ended" => Ended(json),
        "drainBegun" => new JournalEntry.DrainBegun(
            json.GetProperty("operation").GetGuid(),
            Parse<DrainDirection>(Needed(json, "direction")),
            new NamedHost(Needed(json, "host"), Identity(json, "identity")),
            Writer(json))
        {
            Read = json.TryGetProperty("read", out JsonElement read)
                ? [.. read.EnumerateObject().Select(one => (Guid.Parse(one.Name), one.Value.GetInt64()))]
                : null,
        },
        "leaving" => new JournalEntry.Leaving(
            Needed(json, "guest"),
            Uuid(json, "uuid"),
            new NamedHost(Needed(json, "destination"), Identity(json, "destinationIdentity")),
            Parse<MigrationMode>(Needed(json, "mode"))),
        "left" => new JournalEntry.Left(
            Needed(json, "guest"),
            Uuid(json, "uuid"),
            json.Text("outcome") is { } came ? Parse<MigrationOutcome>(came) : null,
            json.Text("computerName")),
        "drainEnded" => new JournalEntry.DrainEnded(json.GetProperty("complete").GetBoolean()),
        null => throw new FormatException("kind"),
        _ => null,
    };

    private static JournalEntry.Begun Begun(JsonElement json) => new(
        json.GetProperty("operation").GetGuid(),
        Needed(json, "guest"),
        Uuid(json, "uuid"),
        Needed(json, "source"),
        Needed(json, "destination"),
        Parse<MigrationMode>(Needed(json, "mode")),
        Uuid(json, "batch"),
        Writer(json))
    {
        SourceBootId = json.Text("sourceBoot"),
        DestinationBootId = json.Text("destinationBoot"),
        SourceIdentity = Identity(json, "sourceIdentity"),
        DestinationIdentity = Identity(json, "destinationIdentity"),
        Compression = json.Text("compression") is { } compression ? Parse<StreamCompression>(compression) : StreamCompression.None,
        Type = json.Text("type") is { } type ? Parse<GuestType>(type) : GuestType.Unknown,
    };

    private static JournalEntry.Ended Ended(JsonElement json) => new(
        json.Text("outcome") is { } outcome ? Parse<MigrationOutcome>(outcome) : null,
        json.Text("computerName"),
        json.Text("errorId"),
        json.Text("message"))
    {
        Bytes = json.Number("bytes"),
        Downtime = SecondsOrNull(json, "downtimeSeconds"),
        DowntimePart = SecondsOrNull(json, "suspensionSeconds") is { } suspension
            ? new DowntimeParts(suspension, Seconds(json.GetProperty("lastCopySeconds")), Seconds(json.GetProperty("startSeconds")))
            : null,
        MemoryBytesPerSecond = json.Number("memoryBytesPerSecond"),
        LiveDuration = SecondsOrNull(json, "liveSeconds"),
        Untouched = json.TryGetProperty("untouched", out JsonElement untouched) && untouched.GetBoolean(),
    };

    private static JournalProcess Writer(JsonElement json) => new(
        Needed(json, "machine"),
        json.GetProperty("process").GetInt32(),
        new DateTimeOffset(json.GetProperty("processStartedAt").GetDateTime().ToUniversalTime()))
    {
        Mark = json.Text("processMark"),
    };

    private static HostIdentity Identity(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement marks)
        ? new HostIdentity(marks.Text("installation"), marks.Text("hardware"), marks.Text("hostKey"))
        : HostIdentity.Unknown;

    private static TimeSpan Seconds(JsonElement json) => TimeSpan.FromTicks((long)(json.GetDecimal() * TimeSpan.TicksPerSecond));

    private static TimeSpan? SecondsOrNull(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? Seconds(value) : null;

    private static string Needed(JsonElement json, string name) => json.Text(name) ?? throw new FormatException(name);

    private static Guid? Uuid(JsonElement json, string name) => json.Text(name) is { } text ? Guid.Parse(text) : null;

    private static T Parse<T>(string text)
        where T : struct, Enum =>
        EnumText.Parse<T>(text) ?? throw new FormatException(text);
}
