namespace XenMigrate.Benchmarks;

/// <summary>What this machine did beside a benchmark, as far as it tells.</summary>
internal sealed class MachineLoad
{
    private const double MostLoad = 0.5;
    private const double MostSteal = 0.05;

    private readonly double? _load = Load();
    private (long Steal, long All) _began = Jiffies();

    /// <summary>The machine and how busy it was when the first benchmark began.</summary>
    public override string ToString() => Measured.Text($"{Environment.ProcessorCount} processors, load {_load:0.0} before");

    /// <summary>Begins with a benchmark.</summary>
    public void Begin() => _began = Jiffies();

    /// <summary>Why what was measured since may be slower than it is; null if nothing speaks for that.</summary>
    public string? Busy()
    {
        (long steal, long all) = Jiffies();
        return Judge(_load / Environment.ProcessorCount, all > _began.All ? (steal - _began.Steal) / (double)(all - _began.All) : 0);
    }

    /// <param name="load">Programs that wanted a processor before we began, for each processor; null if not known.</param>
    /// <param name="steal">The part of the time that other machines had of these processors.</param>
    public static string? Judge(double? load, double steal) =>
        steal > MostSteal ? Measured.Text($"other machines took {steal * 100:0} % of the processors")
        : load > MostLoad ? Measured.Text($"the load was {load:0.0} for each processor before")
        : null;

    private static double? Load() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;

    // cpu  user nice system idle iowait irq softirq steal guest guest_nice; the last two are in the first two.
    private static (long Steal, long All) Jiffies()
    {
        if (!File.Exists("/proc/stat"))
        {
            return default;
        }

        long[] counts = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        return (counts.ElementAtOrDefault(7), counts.Sum());
    }
}
