using System.Text.Json;

namespace XenMigrate.Journal;

/// <summary>
/// An entry as one line of JSON. The names are stable; a reader passes over members and kinds that it does not know,
/// so only a change of what is there already makes a new version.
/// </summary>
internal static class JournalLine
{
    public const int Version = 1;

    /// <summary>The line as UTF-8, with its end.</summary>
    public static byte[] Write(JournalEntry entry)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteNumber("n", entry.Number);
            json.WriteString("at", entry.At.UtcDateTime);
            JournalEntryWriting.Write(json, entry);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>The entry of a line, or why there is none.</summary>
    public static (JournalEntry? Entry, JournalLineProblem? Problem) Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement json = document.RootElement;
            return json.Number("v") switch
            {
                Version => JournalEntryReading.Read(json) is { } entry
                    ? (entry with
                    {
                        Number = json.Number("n") ?? throw new FormatException("n"),
                        At = new DateTimeOffset(json.GetProperty("at").GetDateTime().ToUniversalTime()),
                    }, null)
                    : (null, JournalLineProblem.UnknownKind),
                > Version => (null, JournalLineProblem.NewerVersion),
                _ => (null, JournalLineProblem.Unreadable),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException or OverflowException or ArgumentOutOfRangeException)
        {
            return (null, JournalLineProblem.Unreadable);
        }
    }
}
