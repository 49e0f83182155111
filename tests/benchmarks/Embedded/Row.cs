namespace XenMigrate.Benchmarks;

/// <summary>A line of the table: what was measured, the goal, and whether it was met.</summary>
internal abstract record Row(string Name, string Goal)
{
    /// <summary>Null if it can't be judged, see <see cref="Why"/>.</summary>
    public abstract bool? Met { get; }

    public abstract string Result { get; }

    public virtual string Why => "";

    /// <summary>Every measurement.</summary>
    public abstract string Details { get; }

    public string Verdict => Met switch { true => "met", false => "MISSED", null => $"not judged: {Why}" };

    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    protected static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>
/// Ours against a baseline, measured in turn; a ratio of 1 is the baseline's speed. It is judged by the median of the
/// pairs' ratios, or best against best if that is higher: what else ran on the machine only ever makes things slower.
/// </summary>
internal sealed record RatioRow(string Name, double AtLeast, string Baseline, IReadOnlyList<(double Ours, double Theirs)> Pairs)
    : Row(Name, string.Create(CultureInfo.InvariantCulture, $">= {AtLeast:0.00}"))
{
    private const double MostSpread = 2.5;

    private double MedianRatio => Median(Pairs.Select(pair => pair.Theirs / pair.Ours));

    private double BestRatio => Pairs.Min(pair => pair.Theirs) / Pairs.Min(pair => pair.Ours);

    private double Spread => Pairs.Max(pair => pair.Theirs) / Pairs.Min(pair => pair.Theirs);

    public override bool? Met => Spread > MostSpread ? null : Math.Max(MedianRatio, BestRatio) >= AtLeast;

    public override string Why => Text($"the baseline itself spreads {Spread:0.0}x");

    public override string Result => Text($"{MedianRatio:0.00} (best/best {BestRatio:0.00})");

    public override string Details
    {
        get
        {
            StringBuilder text = new(Text($"ours / {Baseline}, ms:"));
            foreach ((double ours, double theirs) in Pairs)
            {
                _ = text.Append(Text($"  {ours * 1000:0}/{theirs * 1000:0}={theirs / ours:0.00}"));
            }

            return text.ToString();
        }
    }
}

/// <summary>A figure of which so many of a hundred runs have to be within a limit.</summary>
internal sealed record ShareRow(string Name, string Goal, double Share, IReadOnlyList<(double Value, bool Good)> Runs, string Format = "0.0")
    : Row(Name, Goal)
{
    private int Good => Runs.Count(run => run.Good);

    public override bool? Met => Runs.Count == 0 ? null : Good >= Share * Runs.Count;

    public override string Why => "there was no such run";

    public override string Result => $"{Good} of {Runs.Count}";

    public override string Details => string.Join("  ", Runs.Select(run =>
        run.Value.ToString(Format, CultureInfo.InvariantCulture) + (run.Good ? "" : "!")));
}

/// <summary>A figure whose median has to be within a limit.</summary>
internal sealed record MedianRow(string Name, string Goal, double Least, double Most, IReadOnlyList<double> Runs, string Format = "0.00")
    : Row(Name, Goal)
{
    public override bool? Met => Runs.Count == 0 ? null : Median(Runs) >= Least && Median(Runs) <= Most;

    public override string Why => "there was no such run";

    public override string Result => Runs.Count == 0 ? "-" : Median(Runs).ToString(Format, CultureInfo.InvariantCulture);

    public override string Details => string.Join("  ", Runs.Select(run => run.ToString(Format, CultureInfo.InvariantCulture)));
}

/// <summary>A row that this machine can't fill.</summary>
internal sealed record SkippedRow(string Name, string Goal, string Reason) : Row(Name, Goal)
{
    public override bool? Met => null;

    public override string Why => Reason;

    public override string Result => "-";

    public override string Details => "";
}
