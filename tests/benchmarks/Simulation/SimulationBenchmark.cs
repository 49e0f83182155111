namespace XenMigrate.Benchmarks;

/// <summary>Many seeds of the simulation; of each that breaks a promise a line is told.</summary>
internal static class SimulationBenchmark
{
    /// <returns>1 if something was wrong.</returns>
    public static int Run(int seeds, int first = 1)
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
        return count == 0 ? 0 : 1;
    }
}
