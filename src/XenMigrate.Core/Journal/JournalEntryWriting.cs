using System.Text.Json;

namespace XenMigrate.Journal;

/// <summary>Writes what is in an entry: names that <see cref="JournalEntryReading"/> reads, which never change.</summary>
internal static class JournalEntryWriting
{
    public static void Write(Utf8JsonWriter json, JournalEntry entry)
    {
        switch (entry)
        {
            case JournalEntry.Begun begun:
                json.WriteString("kind", "begun");
                Begun(json, begun);
                break;
            case JournalEntry.CommandBegun command:
                json.WriteString("kind", "commandBegun");
                json.WriteNumber("command", command.Command);
                json.WriteString("host", command.Host);
                json.WriteString("text", SecretText.Of(command.Text));
                break;
            case JournalEntry.CommandEnded command:
                json.WriteString("kind", "commandEnded");
                CommandEnded(json, command);
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
                Ended(json, ended);
                break;
            case JournalEntry.DrainBegun drain:
                json.WriteString("kind", "drainBegun");
                DrainBegun(json, drain);
                break;
            case JournalEntry.Leaving leaving:
                json.WriteString("kind", "leaving");
                Leaving(json, leaving);
                break;
            case JournalEntry.Left left:
                json.WriteString("kind", "left");
                Left(json, left);
                break;
            case JournalEntry.DrainEnded drain:
                json.WriteString("kind", "drainEnded");
                json.WriteBoolean("complete", drain.IsComplete);
                break;
            default:
                throw new ArgumentException($"No line is known for {entry.GetType().Name}.", nameof(entry));
        }
    }

    private static void Begun(Utf8JsonWriter json, JournalEntry.Begun begun)
    {
        json.WriteString("operation", begun.Operation.ToString("D"));
        json.WriteString("guest", begun.Guest);
        json.WriteString("uuid", begun.Uuid?.ToString("D"));
        json.WriteString("source", begun.Source);
        json.WriteString("destination", begun.Destination);
        json.WriteString("mode", begun.Mode.ToString());
        json.WriteString("batch", begun.Batch?.ToString("D"));
        json.WriteString("type", begun.Type.ToString());
        if (begun.Compression != StreamCompression.None)
        {
            json.WriteString("compression", begun.Compression.ToString());
        }

        Text(json, "sourceBoot", begun.SourceBootId);
        Text(json, "destinationBoot", begun.DestinationBootId);
        Identity(json, "sourceIdentity", begun.SourceIdentity);
        Identity(json, "destinationIdentity", begun.DestinationIdentity);
        Writer(json, begun.Writer);
    }

    private static void CommandEnded(Utf8JsonWriter json, JournalEntry.CommandEnded command)
    {
        json.WriteNumber("command", command.Command);
        if (command.ExitCode is { } code)
        {
            json.WriteNumber("exitCode", code);
        }

        Seconds(json, "seconds", command.Duration);
        Text(json, "error", command.Error);
    }

    private static void Ended(Utf8JsonWriter json, JournalEntry.Ended ended)
    {
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

        if (ended.DowntimePart is { } parts)
        {
            Seconds(json, "suspensionSeconds", parts.Suspension);
            Seconds(json, "lastCopySeconds", parts.LastCopy);
            Seconds(json, "startSeconds", parts.Start);
        }

        if (ended is { MemoryBytesPerSecond: { } rate, LiveDuration: { } live })
        {
            json.WriteNumber("memoryBytesPerSecond", (long)rate);
            Seconds(json, "liveSeconds", live);
        }

        if (ended.Untouched)
        {
            json.WriteBoolean("untouched", true);
        }
    }

    private static void DrainBegun(Utf8JsonWriter json, JournalEntry.DrainBegun drain)
    {
        json.WriteString("operation", drain.Operation.ToString("D"));
        json.WriteString("direction", drain.Direction.ToString());
        json.WriteString("host", drain.Host.Name);
        Identity(json, "identity", drain.Host.Identity);
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
    }

    private static void Leaving(Utf8JsonWriter json, JournalEntry.Leaving leaving)
    {
        json.WriteString("guest", leaving.Guest);
        json.WriteString("uuid", leaving.Uuid?.ToString("D"));
        json.WriteString("destination", leaving.Destination.Name);
        Identity(json, "destinationIdentity", leaving.Destination.Identity);
        json.WriteString("mode", leaving.Mode.ToString());
    }

    private static void Left(Utf8JsonWriter json, JournalEntry.Left left)
    {
        json.WriteString("guest", left.Guest);
        json.WriteString("uuid", left.Uuid?.ToString("D"));
        json.WriteString("outcome", left.Outcome?.ToString());
        json.WriteString("computerName", left.ComputerName);
    }

    private static void Writer(Utf8JsonWriter json, JournalProcess process)
    {
        json.WriteString("machine", process.Machine);
        json.WriteNumber("process", process.Id);
        json.WriteString("processStartedAt", process.StartedAt.UtcDateTime);
        Text(json, "processMark", process.Mark);
    }

    private static void Identity(Utf8JsonWriter json, string name, HostIdentity identity)
    {
        if (identity != HostIdentity.Unknown)
        {
            json.WriteStartObject(name);
            Text(json, "installation", identity.Installation);
            Text(json, "hardware", identity.Hardware);
            Text(json, "hostKey", identity.HostKey);
            json.WriteEndObject();
        }
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, SecretText.Of(text));
        }
    }

    private static void Seconds(Utf8JsonWriter json, string name, TimeSpan time) =>
        json.WriteNumber(name, (decimal)time.Ticks / TimeSpan.TicksPerSecond);
}
