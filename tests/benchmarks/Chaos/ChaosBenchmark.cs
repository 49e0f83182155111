namespace XenMigrate.Benchmarks;

/// <summary>Many seeded runs in which something goes wrong, each told in a line.</summary>
internal static class ChaosBenchmark
{
    // The runs wait more than they work.
    private const int AtATime = 5;

    public static IEnumerable<Figure> Run(int runs, int first)
    {
        int wrong = 0;
        Stopwatch clock = Stopwatch.StartNew();
        Parallel.ForEachAsync(
            Enumerable.Range(first, runs),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (seed, cancellationToken) =>
            {
                ChaosReport report = await new ChaosRun(seed).RunAsync().ConfigureAwait(false);
                _ = Interlocked.Add(ref wrong, report.Problems.Count == 0 ? 0 : 1);
                Console.WriteLine(report);
            }).GetAwaiter().GetResult();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{runs} runs in {clock.Elapsed.TotalSeconds:0} s, {wrong} of them wrong"));
        return [Measured.Count("runs at whose end something was wrong", $"of {runs}", null, 0, wrong)];
    }
}
