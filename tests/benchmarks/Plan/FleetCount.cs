namespace XenMigrate.Benchmarks;

/// <summary>Counts for itself what is under way and what is where, and throws if a limit is passed.</summary>
internal sealed class FleetCount(IReadOnlyList<FleetHost> hosts, WindowLimits limits)
{
    private readonly Dictionary<string, long> _free = hosts.ToDictionary(host => host.ComputerName, host => host.FreeMemoryMB);
    private readonly Dictionary<string, int> _underWay = [];
    private int _running;

    public int Ended { get; private set; }

    public void Begin(QueuedMove<PlannedMove> move)
    {
        _free[move.Destination] -= move.MemoryMB;
        if (++_running > limits.ThrottleLimit
            || Add("out of " + move.Source, 1) > limits.OutOfHost
            || Add("into " + move.Destination, 1) > limits.IntoHost
            || _free[move.Destination] < 0)
        {
            throw new InvalidOperationException($"{move.Name} began beyond the limits: {move.Source} to {move.Destination}.");
        }
    }

    public void End(QueuedMove<PlannedMove> move)
    {
        _running--;
        _ = Add("out of " + move.Source, -1);
        _ = Add("into " + move.Destination, -1);
        Ended++;
    }

    private int Add(string what, int change) => _underWay[what] = _underWay.GetValueOrDefault(what) + change;
}
