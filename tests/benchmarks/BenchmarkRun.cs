namespace XenMigrate.Benchmarks;

/// <summary>Runs benchmarks, prints one table of all figures, and keeps it as JSON and as a page.</summary>
internal sealed class BenchmarkRun
{
    private readonly MachineLoad _load = new();
    private readonly List<Figure> _figures = [];

    private static string Repository => StagedModule.Metadata("RepositoryRoot");

    /// <summary>Where the results are kept.</summary>
    private static string Folder => Path.Combine(Repository, "out", "benchmarks");

    /// <summary>Figures are told as they come: some benchmarks take minutes for each.</summary>
    public void Add(string name, IEnumerable<Figure> benchmark)
    {
        _load.Begin();
        foreach (Figure figure in benchmark)
        {
            Figure judged = figure with { Benchmark = name, Busy = _load.Busy() };
            _figures.Add(judged);
            Console.Error.WriteLine($"{name}: {judged.Name}: {(judged.Value is { } value ? judged.Show(value) : "-")} {judged.Unit} {judged.Verdict}");
        }
    }

    /// <param name="before">A report to compare with; null for none.</param>
    /// <param name="evaluate">Whether a goal that was missed is a failure; where no clock counts, it always is.</param>
    /// <returns>1 for a failure.</returns>
    public int End(string? before, bool evaluate)
    {
        BenchmarkReport report = new(DateTimeOffset.UtcNow, Commit(), _load.ToString(), _figures);
        Console.WriteLine();
        Console.Write(TextTable.Of(report));
        _ = Directory.CreateDirectory(Folder);
        string file = Path.Combine(Folder, $"{string.Join('-', _figures.Select(figure => figure.Benchmark).Distinct())}-{report.At.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
        File.WriteAllText(file + ".json", report.ToJson());
        File.WriteAllText(file + ".html", HtmlPage.Of(report));
        Console.WriteLine($"\n{file}.json\n{file}.html");
        bool isWorse = before is not null && Compare(before, report) > 0;
        return isWorse || _figures.Exists(figure => figure.Met == false && (evaluate || !figure.IsTime)) ? 1 : 0;
    }

    /// <summary>Two reports against each other; the newest one against one.</summary>
    public static int Compare(string before, string? after) => Compare(before, Read(after ?? Directory.GetFiles(Folder, "*.json")
        .Where(file => Path.GetFullPath(file) != Path.GetFullPath(before)).MaxBy(File.GetLastWriteTimeUtc)
        ?? throw new FileNotFoundException($"There is no other report in {Folder}.")));

    private static int Compare(string before, BenchmarkReport after)
    {
        IReadOnlyList<Change> changes = Comparison.Of(Read(before), after);
        Console.WriteLine($"\nAgainst {before}:");
        foreach (Change change in changes.OrderByDescending(change => change.Kind == ChangeKind.Worse))
        {
            Console.WriteLine(string.Join("\n    ", TextTable.Wrap(change.ToString(), 75)));
        }

        return changes.Any(change => change.Kind == ChangeKind.Worse) ? 1 : 0;
    }

    private static BenchmarkReport Read(string path) => BenchmarkReport.Parse(File.ReadAllText(path));

    private static string Commit()
    {
        try
        {
            return Programs.Run("git", "-C", Repository, "describe", "--always", "--dirty").Trim();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "no commit";
        }
    }
}
