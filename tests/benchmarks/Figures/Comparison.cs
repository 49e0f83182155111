namespace XenMigrate.Benchmarks;

/// <summary>Tells what got slower between two reports, and what can't be told.</summary>
internal static class Comparison
{
    // On a shared machine the same program differs by as much from one run to the next.
    private const double Least = 0.10;

    public static IReadOnlyList<Change> Of(BenchmarkReport before, BenchmarkReport after)
    {
        ILookup<(string, string), Figure> earlier = before.Figures.ToLookup(figure => (figure.Benchmark, figure.Name));
        ILookup<(string, string), Figure> later = after.Figures.ToLookup(figure => (figure.Benchmark, figure.Name));
        HashSet<string> measured = [.. after.Figures.Select(figure => figure.Benchmark)];
        return
        [
            .. after.Figures.Select(figure => Of(earlier[(figure.Benchmark, figure.Name)].FirstOrDefault(), figure)),
            // What was not run this time is not gone.
            .. before.Figures.Where(figure => measured.Contains(figure.Benchmark) && !later.Contains((figure.Benchmark, figure.Name)))
                .Select(figure => new Change(figure, null, ChangeKind.Gone)),
        ];
    }

    private static Change Of(Figure? before, Figure after) => new(before, after,
        before is null ? ChangeKind.New
        : before.Value is not { } was || after.Value is not { } now || IsDoubtful(before) || IsDoubtful(after) ? ChangeKind.NotJudged
        : HaveRangesInCommon(before, after) ? ChangeKind.Same
        : Loss(after, was, now) > Least ? ChangeKind.Worse
        : Loss(after, was, now) < -Least ? ChangeKind.Better
        : ChangeKind.Same);

    /// <summary>What the machine did to it is not known; one that has no goal is judged by its baseline.</summary>
    private static bool IsDoubtful(Figure figure) => figure.Why is not null || (figure.IsTime && figure.Busy is not null && figure.Best is null);

    /// <summary>By how much of what it was it is worse.</summary>
    private static double Loss(Figure figure, double was, double now)
    {
        double difference = (now - was) / Math.Max(Math.Abs(was), 1e-9);
        return figure.Kind switch
        {
            FigureKind.Speed or FigureKind.Share => -difference,
            FigureKind.Time => difference,
            // Where both sides are bad, the middle is best.
            _ when figure is { Least: { } least, Most: { } most } && least < 0 && most > 0 =>
                (Math.Abs(now) - Math.Abs(was)) / Math.Max(Math.Max(Math.Abs(was), most), 1e-9),
            _ => difference,
        };
    }

    /// <summary>Whether the middle halves of the runs meet: then the difference is that of one run from another.</summary>
    private static bool HaveRangesInCommon(Figure before, Figure after)
    {
        if (before.Kind == FigureKind.Share || before.Runs.Count < 2 || after.Runs.Count < 2)
        {
            return false;
        }

        (double low, double high) = Measured.Quartiles(before.Values);
        (double from, double to) = Measured.Quartiles(after.Values);
        return from <= high && low <= to;
    }
}

/// <summary>A figure as it was and as it is.</summary>
internal sealed record Change(Figure? Before, Figure? After, ChangeKind Kind)
{
    public override string ToString()
    {
        Figure figure = (After ?? Before)!;
        string what = Kind switch
        {
            ChangeKind.Worse => "WORSE",
            ChangeKind.Better => "better",
            ChangeKind.Same => "the same",
            ChangeKind.NotJudged => $"not judged: {After!.Why ?? After.Busy ?? Before!.Why ?? Before.Busy ?? "there was no such run"}",
            ChangeKind.New => "new",
            _ => "not measured any more",
        };
        return $"{figure.Benchmark}: {figure.Name}: {Show(Before)} before, {Show(After)} now: {what}";
    }

    private static string Show(Figure? figure) => figure?.Value is { } value ? figure.Show(value) : "-";
}

internal enum ChangeKind
{
    Same,
    Better,
    Worse,
    NotJudged,
    New,
    Gone,
}
