namespace XenMigrate.Benchmarks;

/// <summary>Makes figures.</summary>
internal static class Measured
{
    /// <summary>How many times as fast as the baseline ours is.</summary>
    public static Figure Speed(string name, double atLeast, string against, IEnumerable<(double Ours, double Theirs)> pairs) =>
        new() { Name = name, Kind = FigureKind.Speed, Least = atLeast, Against = against, Runs = Paired(pairs) };

    /// <summary>How many times as long as the baseline ours takes.</summary>
    public static Figure Time(string name, double? atMost, string against, IEnumerable<(double Ours, double Theirs)> pairs) =>
        new() { Name = name, Kind = FigureKind.Time, Most = atMost, Against = against, Runs = Paired(pairs) };

    /// <summary>A time or a size whose middle has to be within limits.</summary>
    public static Figure Value(string name, string unit, double? least, double? most, IEnumerable<double> values) =>
        new() { Name = name, Kind = FigureKind.Value, Unit = unit, Least = least, Most = most, Runs = [.. values.Select(value => new Run(value))] };

    /// <summary>The same of what other work on the machine does not change.</summary>
    public static Figure Count(string name, string unit, double? least, double? most, params IEnumerable<double> values) =>
        Value(name, unit, least, most, values) with { IsTime = false };

    /// <summary>What part of the runs has to be within its limit.</summary>
    public static Figure Share(string name, string unit, double atLeast, string within, IEnumerable<(double Value, double Limit)> runs) =>
        new() { Name = name, Kind = FigureKind.Share, Unit = unit, Least = atLeast, Against = within, Runs = Paired(runs) };

    /// <summary>What this machine can't measure, and why.</summary>
    public static Figure Skipped(string name, string reason) => new() { Name = name, Kind = FigureKind.Value, Skipped = reason };

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The values that a quarter of all lie below and a quarter above, as far as there are enough.</summary>
    public static (double Low, double High) Quartiles(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int cut = sorted.Length / 4;
        return (sorted[cut], sorted[^(cut + 1)]);
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<Run> Paired(IEnumerable<(double First, double Second)> pairs) => [.. pairs.Select(pair => new Run(pair.First, pair.Second))];
}
