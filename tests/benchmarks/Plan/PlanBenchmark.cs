namespace XenMigrate.Benchmarks;

/// <summary>Plans and carries out the move of a whole fleet, in counted time: what the planner and the window cost and gain.</summary>
internal static class PlanBenchmark
{
    private const int Hosts = 1000;
    private const double MostSeconds = 10;
    private const double MostBytes = 1 << 30;
    private const double MostOverBound = 1.10;

    // As many again as n log n asks for, and half as much more: the cache and the collector have a say too.
    private const double MostOverGrowth = 1.5;

    public static IEnumerable<Figure> Run()
    {
        // Compiled first, so that the smallest of the sizes is not the one that pays for it.
        _ = Plan(Hosts / 10);
        return Planning().Concat(Makespans());
    }

    private static IEnumerable<Figure> Planning()
    {
        (int Guests, double[] Seconds)[] sizes = [.. new[] { Hosts / 4, Hosts / 2, Hosts }.Select(Plan)];
        foreach ((int guests, double[] all) in sizes)
        {
            double seconds = all.Min();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{guests} guests: planned in {seconds * 1000:0.0} ms, {seconds * 1e9 / (guests * Math.Log2(guests)):0} ns for each of n log n"));
        }

        yield return Measured.Value("planning 20 000 guests to 500 hosts", "s", null, MostSeconds, sizes[^1].Seconds);
        yield return Measured.Time(
            "time for four times the guests, over what n log n asks for",
            MostOverGrowth,
            "a quarter of them",
            sizes[^1].Seconds.Zip(sizes[0].Seconds, (all, few) => (all * Work(sizes[0].Guests) / Work(sizes[^1].Guests), few)));
        using Process process = Process.GetCurrentProcess();
        yield return Measured.Count("memory of the process at its peak", "MiB", null, MostBytes / (1 << 20), process.PeakWorkingSet64 / (double)(1 << 20));

        static double Work(int guests) => guests * Math.Log2(guests);
    }

    private static IEnumerable<Figure> Makespans()
    {
        yield return Makespan("two out of and into each host", new WindowLimits { ThrottleLimit = Hosts, OutOfHost = 2, IntoHost = 2 });
        yield return Makespan("three out of and into each host", new WindowLimits { ThrottleLimit = Hosts * 2, OutOfHost = 3, IntoHost = 3 });
        yield return Makespan("two of each host, 64 in all", new WindowLimits { ThrottleLimit = 64, OutOfHost = 2, IntoHost = 2 });
        yield return Makespan(
            "two of each host, all guests alike", new WindowLimits { ThrottleLimit = Hosts, OutOfHost = 2, IntoHost = 2 }, equal: true);
    }

    private static Figure Makespan(string name, WindowLimits limits, bool equal = false)
    {
        List<double> ratios = [];
        double seconds = 0;
        for (int seed = 1; seed <= 3; seed++)
        {
            SimulatedFleet fleet = new(Hosts, seed, equal);
            FleetPlan plan = fleet.Plan();
            Stopwatch clock = Stopwatch.StartNew();
            (double makespan, double bound) = fleet.Run(plan, limits);
            seconds = clock.Elapsed.TotalSeconds;
            ratios.Add(makespan / bound);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: 20 000 moves went through the window in {seconds:0.00} s of ours"));
        return Measured.Count($"makespan over its lower bound, {name}", "", null, MostOverBound, ratios);
    }

    private static (int Guests, double[] Seconds) Plan(int hosts)
    {
        SimulatedFleet fleet = new(hosts, seed: 1);
        double[] seconds = new double[5];
        for (int run = 0; run < seconds.Length; run++)
        {
            Stopwatch clock = Stopwatch.StartNew();
            FleetPlan plan = fleet.Plan();
            seconds[run] = clock.Elapsed.TotalSeconds;
            if (plan.Unplaced.Count > 0 || plan.FindProblems().Count > 0)
            {
                throw new InvalidOperationException($"The plan is not what it should be: {plan}, {string.Join(", ", plan.FindProblems())} {string.Join(", ", plan.Unplaced)}");
            }
        }

        return (fleet.Guests.Count, seconds);
    }
}
