using System.Text.Json.Serialization;

namespace XenMigrate.Benchmarks;

/// <summary>What a benchmark measured: of each run the figure, the goal, and whether it was met.</summary>
internal sealed record Figure
{
    // What moves the baseline that much moves ours too, and not by as much.
    private const double MostSpread = 2.5;

    /// <summary>The benchmark that it belongs to.</summary>
    public string Benchmark { get; init; } = "";

    public required string Name { get; init; }

    public required FigureKind Kind { get; init; }

    /// <summary>What ours was compared with, or what each run had to be within; empty for a figure that stands alone.</summary>
    public string Against { get; init; } = "";

    public string Unit { get; init; } = "";

    /// <summary>The least that meets the goal; null for no such limit.</summary>
    public double? Least { get; init; }

    /// <summary>The most that meets the goal; null for no such limit.</summary>
    public double? Most { get; init; }

    /// <summary>Whether other work on the machine changes it: a count is what it is.</summary>
    public bool IsTime { get; init; } = true;

    public IReadOnlyList<Run> Runs { get; init; } = [];

    /// <summary>Why it was not measured here; null if it was.</summary>
    public string? Skipped { get; init; }

    /// <summary>What kept the machine busy beside the benchmark; null if nothing did.</summary>
    public string? Busy { get; init; }

    /// <summary>Each run's figure.</summary>
    [JsonIgnore]
    public IEnumerable<double> Values => Kind switch
    {
        FigureKind.Speed => Runs.Select(run => run.Theirs!.Value / run.Ours),
        FigureKind.Time => Runs.Select(run => run.Ours / run.Theirs!.Value),
        _ => Runs.Select(run => run.Ours),
    };

    /// <summary>The middle of them; of a share, the part of the runs that were within their limits. Null without runs.</summary>
    public double? Value => Runs.Count == 0 ? null
        : Kind == FigureKind.Share ? Runs.Count(run => run.Ours <= run.Theirs) / (double)Runs.Count
        : Measured.Median(Values);

    /// <summary>The best of ours against the best of theirs, of a ratio: whatever else ran only made either slower.</summary>
    public double? Best => Runs.Count == 0 ? null : Kind switch
    {
        FigureKind.Speed => Runs.Min(run => run.Theirs!.Value) / Runs.Min(run => run.Ours),
        FigureKind.Time => Runs.Min(run => run.Ours) / Runs.Min(run => run.Theirs!.Value),
        _ => null,
    };

    /// <summary>How far the baseline's slowest run is from its fastest, of a ratio.</summary>
    public double? BaselineSpread => Runs.Count > 0 && Best is not null ? Runs.Max(run => run.Theirs!.Value) / Runs.Min(run => run.Theirs!.Value) : null;

    /// <summary>Whether the goal was met; null if that could not be judged, or if there is none.</summary>
    public bool? Met => Goal.Length == 0 || Value is not { } value || BaselineSpread > MostSpread ? null
        : IsWithin(value) || (Best is { } best && IsWithin(best)) ? true
        : IsTime && Busy is not null ? null
        : false;

    /// <summary>Why it could not be judged; null if it was.</summary>
    public string? Why => Met is not null ? null
        : Skipped ?? (Goal.Length == 0 ? null
            : Runs.Count == 0 ? "there was no such run"
            : BaselineSpread is > MostSpread and { } spread ? Measured.Text($"the baseline itself spreads {spread:0.0} x")
            : Busy);

    /// <summary>The goal in a few characters; empty if there is none.</summary>
    [JsonIgnore]
    public string Goal => (Least, Most) switch
    {
        (null, null) => "",
        ({ } least, null) => ">= " + ShowLimit(least),
        (null, { } most) => "<= " + ShowLimit(most),
        ({ } least, { } most) => $"{ShowLimit(least)}..{ShowLimit(most)}",
    };

    public string Verdict => Goal.Length == 0 && Skipped is null ? "" : Met switch { true => "met", false => "MISSED", null => "not judged" };

    /// <summary>A figure of this kind with as many digits as it needs.</summary>
    public string Show(double value) => Kind == FigureKind.Share ? Measured.Text($"{value * 100:0} %")
        : Math.Abs(value) >= 100 ? Measured.Text($"{value:0}")
        : Math.Abs(value) >= 10 ? Measured.Text($"{value:0.0}")
        : Measured.Text($"{value:0.00}");

    private string ShowLimit(double value) => Kind == FigureKind.Share ? Show(value) : Measured.Text($"{value:0.##}");

    private bool IsWithin(double value) => !(value < Least) && !(value > Most);
}

/// <summary>One run: ours, and the baseline's that was measured in turn with it, or the limit that it had to be within.</summary>
internal sealed record Run(double Ours, double? Theirs = null);

/// <summary>What a figure is made of.</summary>
internal enum FigureKind
{
    /// <summary>How many times as fast as the baseline: the more the better.</summary>
    Speed,

    /// <summary>How many times as long as the baseline: the less the better.</summary>
    Time,

    /// <summary>A measure by itself.</summary>
    Value,

    /// <summary>How many of the runs were within their limits.</summary>
    Share,
}
