using System.Text.Json;

namespace XenMigrate.SaveHelpers;

/// <summary>What a helper says of itself on its host.</summary>
/// <param name="Version">Its own version.</param>
/// <param name="Xen">The version of Xen that it found, or null.</param>
/// <param name="IsUsable">Whether it can do its work there.</param>
/// <param name="Why">Why not, or null.</param>
/// <param name="StockHelper">Xen's own helper, or null.</param>
/// <param name="Zstd">Whether it can pack.</param>
internal sealed record HelperProbe(string Version, string? Xen, bool IsUsable, string? Why, string? StockHelper, bool Zstd)
{
    /// <summary>Reads its one line; null if it is none.</summary>
    public static HelperProbe? Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement o = document.RootElement;
            return new HelperProbe(
                o.GetProperty("version").GetString() ?? throw new FormatException("version"),
                Text(o, "xen"),
                o.GetProperty("usable").GetBoolean(),
                Text(o, "why"),
                Text(o, "stock"),
                o.TryGetProperty("zstd", out JsonElement zstd) && zstd.ValueKind == JsonValueKind.True);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement o, string name) =>
        o.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
