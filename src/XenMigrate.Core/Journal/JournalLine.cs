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
            Body(json, entry);
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
                Version => Entry(json) is { } entry
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

    private static void Body(Utf8JsonWriter json, JournalEntry entry)
    {
        switch (entry)
        {
            case JournalEntry.Begun begun:
                json.WriteString("kind", "begun");
                json.WriteString("operation", begun.Operation.ToString("D"));
                json.WriteString("guest", begun.Guest);
                json.WriteString("uuid", begun.Uuid?.ToString("D"));
                json.WriteString("source", begun.Source);
                json.WriteString("destination", begun.Destination);
                json.WriteString("mode", begun.Mode.ToString());
                json.WriteString("batch", begun.Batch?.ToString("D"));
                Text(json, "sourceBoot", begun.SourceBootId);
                Text(json, "destinationBoot", begun.DestinationBootId);
                Writer(json, begun.Writer);
                break;
            case JournalEntry.CommandBegun command:
                json.WriteString("kind", "commandBegun");
                json.WriteNumber("command", command.Command);
                json.WriteString("host", command.Host);
                json.WriteString("text", SecretText.Of(command.Text));
                break;
            case JournalEntry.CommandEnded command:
                json.WriteString("kind", "commandEnded");
                json.WriteNumber("command", command.Command);
                if (command.ExitCode is { } code)
                {
                    json.WriteNumber("exitCode", code);
                }

                Seconds(json, "seconds", command.Duration);
                Text(json, "error", command.Error);
                break;
            case JournalEntry.Stepped stepped:
                json.WriteString("kind", "step");
                json.WriteString("step", stepped.Step.ToString());
                break;
            case JournalEntry.Decided decided:
                json.WriteString("kind", "decision");
                Text(json, "text", decided.Text);
                break;
            case JournalEntry.Beat:
                json.WriteString("kind", "heartbeat");
                break;
            case JournalEntry.Ended ended:
                json.WriteString("kind", "ended");
                json.WriteString("outcome", ended.Outcome?.ToString());
                json.WriteString("computerName", ended.ComputerName);
                json.WriteString("errorId", ended.ErrorId);
                Text(json, "message", ended.Message);
                if (ended.Bytes is { } bytes)
                {
                    json.WriteNumber("bytes", bytes);
                }

                if (ended.Downtime is { } downtime)
                {
                    Seconds(json, "downtimeSeconds", downtime);
                }

                if (ended.Untouched)
                {
                    json.WriteBoolean("untouched", true);
                }

                break;
            case JournalEntry.DrainBegun drain:
                json.WriteString("kind", "drainBegun");
                json.WriteString("operation", drain.Operation.ToString("D"));
                json.WriteString("direction", drain.Direction.ToString());
                json.WriteString("host", drain.Host);
                Writer(json, drain.Writer);
                if (drain.Read is { } read)
                {
                    json.WriteStartObject("read");
                    foreach ((Guid operation, long number) in read)
                    {
                        json.WriteNumber(operation.ToString("D"), number);
                    }

                    json.WriteEndObject();
                }

                break;
            case JournalEntry.Leaving leaving:
                json.WriteString("kind", "leaving");
                json.WriteString("guest", leaving.Guest);
                json.WriteString("uuid", leaving.Uuid?.ToString("D"));
                json.WriteString("destination", leaving.Destination);
                json.WriteString("mode", leaving.Mode.ToString());
                break;
            case JournalEntry.Left left:
                json.WriteString("kind", "left");
                json.WriteString("guest", left.Guest);
                json.WriteString("uuid", left.Uuid?.ToString("D"));
                json.WriteString("outcome", left.Outcome?.ToString());
                json.WriteString("computerName", left.ComputerName);
                break;
            case JournalEntry.DrainEnded drain:
                json.WriteString("kind", "drainEnded");
                json.WriteBoolean("complete", drain.IsComplete);
                break;
            default:
                throw new ArgumentException($"No line is known for {entry.GetType().Name}.", nameof(entry));
        }
    }

    private static JournalEntry? Entry(JsonElement json) => json.Text("kind") switch
    {
        "begun" => new JournalEntry.Begun(
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
        },
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
        "ended" => new JournalEntry.Ended(
            json.Text("outcome") is { } outcome ? Parse<MigrationOutcome>(outcome) : null,
            json.Text("computerName"),
            json.Text("errorId"),
            json.Text("message"))
        {
            Bytes = json.Number("bytes"),
            Downtime = json.TryGetProperty("downtimeSeconds", out JsonElement downtime) ? Seconds(downtime) : null,
            Untouched = json.TryGetProperty("untouched", out JsonElement untouched) && untouched.GetBoolean(),
        },
        "drainBegun" => new JournalEntry.DrainBegun(
            json.GetProperty("operation").GetGuid(),
            Parse<DrainDirection>(Needed(json, "direction")),
            Needed(json, "host"),
            Writer(json))
        {
            Read = json.TryGetProperty("read", out JsonElement read)
                ? [.. read.EnumerateObject().Select(one => (Guid.Parse(one.Name), one.Value.GetInt64()))]
                : null,
        },
        "leaving" => new JournalEntry.Leaving(
            Needed(json, "guest"), Uuid(json, "uuid"), Needed(json, "destination"), Parse<MigrationMode>(Needed(json, "mode"))),
        "left" => new JournalEntry.Left(
            Needed(json, "guest"),
            Uuid(json, "uuid"),
            json.Text("outcome") is { } came ? Parse<MigrationOutcome>(came) : null,
            json.Text("computerName")),
        "drainEnded" => new JournalEntry.DrainEnded(json.GetProperty("complete").GetBoolean()),
        null => throw new FormatException("kind"),
        _ => null,
    };

    private static void Writer(Utf8JsonWriter json, JournalProcess process)
    {
        json.WriteString("machine", process.Machine);
        json.WriteNumber("process", process.Id);
        json.WriteString("processStartedAt", process.StartedAt.UtcDateTime);
        Text(json, "processMark", process.Mark);
    }

    private static JournalProcess Writer(JsonElement json) => new(
        Needed(json, "machine"),
        json.GetProperty("process").GetInt32(),
        new DateTimeOffset(json.GetProperty("processStartedAt").GetDateTime().ToUniversalTime()))
    {
        Mark = json.Text("processMark"),
    };

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, SecretText.Of(text));
        }
    }

    private static void Seconds(Utf8JsonWriter json, string name, TimeSpan time) =>
        json.WriteNumber(name, (decimal)time.Ticks / TimeSpan.TicksPerSecond);

    private static TimeSpan Seconds(JsonElement json) => TimeSpan.FromTicks((long)(json.GetDecimal() * TimeSpan.TicksPerSecond));

    private static string Needed(JsonElement json, string name) => json.Text(name) ?? throw new FormatException(name);

    private static Guid? Uuid(JsonElement json, string name) => json.Text(name) is { } text ? Guid.Parse(text) : null;

    private static T Parse<T>(string text)
        where T : struct, Enum =>
        EnumText.Parse<T>(text) ?? throw new FormatException(text);
}
