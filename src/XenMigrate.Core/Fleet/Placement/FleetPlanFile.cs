using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace XenMigrate.Fleet;

/// <summary>
/// A plan as a file that may be read, changed by hand and given back. Its names are stable; times are seconds, memory
/// is MiB, moments are ISO 8601 in UTC.
/// </summary>
internal static class FleetPlanFile
{
    public const string Format = "xenmigrate-plan";
    public const int Version = 1;

    public static string Write(FleetPlan plan)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("generatedAt", plan.GeneratedAt.UtcDateTime);
            json.WriteString("order", plan.Order.ToString());
            Array(json, "hosts", plan.Host, Host);
            Array(json, "moves", plan.Move, Move);
            Array(json, "unplaced", plan.Unplaced, Unplaced);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n", "\n") + "\n";
    }

    /// <exception cref="FormatException">It is no plan, or one of a newer version; the message says where.</exception>
    public static FleetPlan Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Plan(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw new FormatException($"This is no plan: {e.Message}", e);
        }
    }

    private static FleetPlan Plan(JsonElement json)
    {
        if (json.GetProperty("format").GetString() != Format)
        {
            throw new FormatException($"This is no plan: its format is not '{Format}'.");
        }

        int version = json.GetProperty("version").GetInt32();
        return version != Version
            ? throw new FormatException($"This plan is of version {version}, and only version {Version} can be read.")
            : new FleetPlan
            {
                GeneratedAt = new DateTimeOffset(json.GetProperty("generatedAt").GetDateTime().ToUniversalTime()),
                Order = EnumText.Parse<MoveOrder>(Text(json, "order"))
                    ?? throw new FormatException($"A plan has no order '{Text(json, "order")}'."),
                Host = [.. json.GetProperty("hosts").EnumerateArray().Select(Host)],
                Move = [.. json.GetProperty("moves").EnumerateArray().Select(Move)],
                Unplaced = [.. json.GetProperty("unplaced").EnumerateArray().Select(Unplaced)],
            };
    }

    private static void Host(Utf8JsonWriter json, FleetHost host)
    {
        json.WriteStartObject();
        json.WriteString("computerName", host.ComputerName);
        json.WriteNumber("freeMemoryMB", host.FreeMemoryMB);
        Array(json, "apart", host.Apart, (writer, word) => writer.WriteStringValue(word));
        json.WriteEndObject();
    }

    private static FleetHost Host(JsonElement json) => new()
    {
        ComputerName = Text(json, "computerName"),
        FreeMemoryMB = json.GetProperty("freeMemoryMB").GetInt64(),
        Apart = [.. json.GetProperty("apart").EnumerateArray().Select(word => word.GetString() ?? "")],
    };

    private static void Move(Utf8JsonWriter json, PlannedMove move)
    {
        json.WriteStartObject();
        json.WriteString("name", move.Name);
        json.WriteString("uuid", move.Uuid?.ToString("D"));
        json.WriteString("source", move.Source);
        json.WriteString("destination", move.Destination);
        json.WriteNumber("memoryMB", move.MemoryMB);
        json.WriteString("apart", move.Apart);
        Seconds(json, "predictedDurationSeconds", move.PredictedDuration);
        Seconds(json, "predictedDowntimeSeconds", move.PredictedDowntime);
        json.WriteEndObject();
    }

    private static PlannedMove Move(JsonElement json) => new()
    {
        Name = Text(json, "name"),
        Uuid = Uuid(json),
        Source = Text(json, "source"),
        Destination = Text(json, "destination"),
        MemoryMB = json.GetProperty("memoryMB").GetInt64(),
        Apart = json.GetProperty("apart").GetString(),
        PredictedDuration = Seconds(json, "predictedDurationSeconds"),
        PredictedDowntime = Seconds(json, "predictedDowntimeSeconds"),
    };

    private static void Unplaced(Utf8JsonWriter json, UnplacedGuest guest)
    {
        json.WriteStartObject();
        json.WriteString("name", guest.Name);
        json.WriteString("uuid", guest.Uuid?.ToString("D"));
        json.WriteString("source", guest.Source);
        json.WriteNumber("memoryMB", guest.MemoryMB);
        json.WriteString("reason", guest.Reason);
        json.WriteEndObject();
    }

    private static UnplacedGuest Unplaced(JsonElement json) => new()
    {
        Name = Text(json, "name"),
        Uuid = Uuid(json),
        Source = Text(json, "source"),
        MemoryMB = json.GetProperty("memoryMB").GetInt64(),
        Reason = Text(json, "reason"),
    };

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' can't be null in a plan.");

    private static Guid? Uuid(JsonElement json) =>
        json.GetProperty("uuid").ValueKind == JsonValueKind.Null ? null : json.GetProperty("uuid").GetGuid();

    private static TimeSpan? Seconds(JsonElement json, string name) => json.GetProperty(name).ValueKind == JsonValueKind.Null
        ? null
        : TimeSpan.FromTicks((long)(json.GetProperty(name).GetDecimal() * TimeSpan.TicksPerSecond));

    private static void Seconds(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } known)
        {
            json.WriteNumber(name, (decimal)known.Ticks / TimeSpan.TicksPerSecond);
        }
        else
        {
            json.WriteNull(name);
        }
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
}
