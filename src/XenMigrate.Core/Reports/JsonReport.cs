using System.Text.Json;

namespace XenMigrate.Reports;

/// <summary>
/// A report for programs. The names in it are stable, so they are written one by one: a property that is renamed in
/// C# keeps its name here. Times are seconds, moments are ISO 8601 in UTC; what is not known is null.
/// </summary>
internal static class JsonReport
{
    public const string Format = "xenmigrate-report";
    public const int Version = 1;

    public static string Write(ReportContent content)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("generatedAt", content.GeneratedAt.UtcDateTime);
            Array(json, "moves", content.Moves, Move);
            Array(json, "environments", content.Environments, Environment);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n") + "\n";
    }

    private static void Move(Utf8JsonWriter json, MigrationResult move)
    {
        json.WriteStartObject();
        json.WriteString("name", move.Name);
        json.WriteString("uuid", move.Uuid?.ToString("D"));
        json.WriteString("source", move.Source);
        json.WriteString("destination", move.Destination);
        json.WriteString("computerName", move.ComputerName);
        json.WriteString("mode", move.Mode.ToString());
        json.WriteString("outcome", move.Outcome.ToString());
        Seconds(json, "duration", move.Duration);
        Seconds(json, "downtime", move.Downtime);
        Parts(json, "downtimeParts", move.DowntimePart);
        json.WriteString("downtimeBasis", move.DowntimeBasis?.ToString());
        Seconds(json, "predictedDowntime", move.PredictedDowntime);
        Parts(json, "predictedDowntimeParts", move.PredictedDowntimePart);
        Seconds(json, "heartbeatGap", move.HeartbeatGap);
        json.WriteString("stopReason", move.StopReason);
        Number(json, "bytesTransferred", move.BytesTransferred);
        json.WriteString("errorId", move.ErrorId);
        json.WriteString("message", move.Message);
        Array(json, "iterations", move.Iteration, Round);
        Array(json, "skippedChecks", move.SkippedCheck, (writer, id) => writer.WriteStringValue(id));
        Array(json, "checks", move.Check, Check);
        Array(json, "transcript", move.Transcript, (writer, line) => writer.WriteStringValue(line));
        json.WriteString("logPath", move.LogPath);
        Moment(json, "beganAt", move.BeganAt);
        Moment(json, "endedAt", move.EndedAt);
        json.WriteEndObject();
    }

    private static void Round(Utf8JsonWriter json, MigrationIteration round)
    {
        json.WriteStartObject();
        json.WriteNumber("number", round.Number);
        json.WriteNumber("pages", round.Pages);
        json.WriteNumber("bytes", round.Bytes);
        Seconds(json, "duration", round.Duration);
        json.WriteNumber("bytesPerSecond", Math.Round(round.BytesPerSecond));
        json.WriteNumber("dirtyPages", round.DirtyPages);
        Seconds(json, "predictedDowntime", round.PredictedDowntime);
        json.WriteString("decision", round.Decision.ToString());
        json.WriteString("reason", round.Reason);
        json.WriteEndObject();
    }

    private static void Parts(Utf8JsonWriter json, string name, DowntimeParts? parts)
    {
        if (parts is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        Seconds(json, "suspension", parts.Suspension);
        Seconds(json, "lastCopy", parts.LastCopy);
        Seconds(json, "start", parts.Start);
        json.WriteEndObject();
    }

    private static void Moment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } known)
        {
            json.WriteString(name, known.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Environment(Utf8JsonWriter json, MigrationReport report)
    {
        json.WriteStartObject();
        json.WriteString("source", report.Source);
        json.WriteString("destination", report.Destination);
        json.WriteString("migrationAddress", report.MigrationAddress);
        Array(json, "guests", report.Guest, (writer, name) => writer.WriteStringValue(name));
        json.WriteString("status", report.Status.ToString());
        json.WriteBoolean("isReady", report.IsReady);
        Number(json, "freeMemoryMB", report.FreeMemoryMB);
        json.WriteString("generatedAt", report.GeneratedAt.UtcDateTime);
        Array(json, "checks", report.CheckResult, Check);
        json.WriteEndObject();
    }

    private static void Check(Utf8JsonWriter json, CheckResult check)
    {
        json.WriteStartObject();
        json.WriteString("id", check.Id);
        json.WriteString("name", check.Name);
        json.WriteString("category", check.Category.ToString());
        json.WriteString("status", check.Status.ToString());
        json.WriteString("severity", check.Severity.ToString());
        json.WriteString("guest", check.Guest);
        json.WriteString("source", check.Source);
        json.WriteString("destination", check.Destination);
        json.WriteString("expected", check.Expected);
        json.WriteString("actual", check.Actual);
        json.WriteString("message", check.Message);
        json.WriteString("remediation", check.Remediation);
        json.WriteString("errorId", check.ErrorId);
        Seconds(json, "duration", check.Duration);
        json.WritePropertyName("evidence");
        Evidence(json, check.Evidence);
        json.WriteEndObject();
    }

    private static void Evidence(Utf8JsonWriter json, Evidence? evidence)
    {
        if (evidence is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("computerName", evidence.ComputerName);
        json.WriteString("command", evidence.Command);
        json.WriteNumber("exitCode", evidence.ExitCode);
        json.WriteString("excerpt", evidence.Excerpt);
        json.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static void Seconds(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } known)
        {
            // A decimal, since a double would turn 0.3 s into 0.29999….
            json.WriteNumber(name + "Seconds", (decimal)known.Ticks / TimeSpan.TicksPerSecond);
        }
        else
        {
            json.WriteNull(name + "Seconds");
        }
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
