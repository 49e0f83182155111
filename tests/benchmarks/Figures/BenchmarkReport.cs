using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace XenMigrate.Benchmarks;

/// <summary>What one call measured, and on which machine.</summary>
internal sealed record BenchmarkReport(DateTimeOffset At, string Commit, string Machine, IReadOnlyList<Figure> Figures)
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public string ToJson() => JsonSerializer.Serialize(this, s_options);

    /// <exception cref="JsonException">It is no report.</exception>
    public static BenchmarkReport Parse(string json) => JsonSerializer.Deserialize<BenchmarkReport>(json, s_options) is { Figures: not null } report
        ? report
        : throw new JsonException("It is no report of benchmarks.");
}
