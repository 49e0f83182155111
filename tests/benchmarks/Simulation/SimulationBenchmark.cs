namespace XenMigrate.Benchmarks;

/// <summary>Many seeds of the simulation; of each that breaks a promise a line is told.</summary>
internal static class SimulationBenchmark
{
    public static IEnumerable<Figure> Run(int seeds, int first)
    {
        Stopwatch clock = Stopwatch.StartNew();
        IReadOnlyList<string> wrong = SimulationProcesses.RunAsync(seeds, first).GetAwaiter().GetResult();
        foreach (string line in wrong)
        {
            Console.WriteLine(line);
        }

        int count = wrong.Select(line => line.Split(' ')[1]).Distinct().Count();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{seeds} seeds from {first} in {clock.Elapsed.TotalSeconds:0} s, {count} of them wrong"));
        yield return Measured.Count("seeds in which a promise was broken", $"of {seeds}", null, 0, count);
    }
}
