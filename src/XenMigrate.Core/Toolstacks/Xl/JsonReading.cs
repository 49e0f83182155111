using System.Text.Json;

namespace XenMigrate.Toolstacks.Xl;

/// <summary>Looks into JSON where members may be missing.</summary>
internal static class JsonReading
{
    public static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement child) ? child : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long? Number(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value)
            ? value
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) =>
        element?.Child(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
