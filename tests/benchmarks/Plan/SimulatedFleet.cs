namespace XenMigrate.Benchmarks;

/// <summary>Half of the hosts are full and are to be emptied onto the other half. No Xen: only what is known of guests and hosts.</summary>
internal sealed class SimulatedFleet
{
    private const int GuestsOfHost = 40;
    private const double SecondsOfMebibyte = 1 / 100.0;
    private const double SecondsOfMove = 3;

    private static readonly long[] s_sizes = [512, 1024, 1024, 2048, 2048, 4096, 4096, 8192, 16384, 32768];

    public SimulatedFleet(int hosts, int seed, bool equal = false)
    {
        Random random = new(seed);
        Guests = [.. Enumerable.Range(0, hosts / 2 * GuestsOfHost).Select(i => new FleetGuest
        {
            Name = $"guest{i}",
            Uuid = new Guid(i, 0, 0, new byte[8]),
            Source = $"old{i / GuestsOfHost}",
            MemoryMB = equal ? 4096 : s_sizes[random.Next(s_sizes.Length)],
            // Every tenth is one of three that must not meet.
            Apart = i % 10 == 0 ? $"service{i / 30}" : null,
            DirtyBytesPerSecond = random.Next(60) << 20,
        })];

        // A tenth more than is needed, so that places have to be looked for.
        long free = (long)(Guests.Sum(guest => guest.MemoryMB) * 1.1 / (hosts / 2)) + 4096;
        Hosts = [.. Enumerable.Range(0, hosts / 2).Select(i => new FleetHost { ComputerName = $"new{i}", FreeMemoryMB = free })];
    }

    public IReadOnlyList<FleetGuest> Guests { get; }

    public IReadOnlyList<FleetHost> Hosts { get; }

    /// <summary>A twentieth of all pairs does not pass the checks.</summary>
    public FleetPlan Plan() => GuestPlacement.Plan(
        Guests,
        Hosts,
        new PlacementOptions
        {
            Order = MoveOrder.BusiestHostFirst,
            MayGo = (guest, host) => ((guest.Uuid!.Value.GetHashCode() * 31) + host.Length + host[^1]) % 20 != 0,
            Rate = new TransferRate(100 << 20, Live: true, TimeSpan.FromMilliseconds(300)),
        },
        DateTimeOffset.UnixEpoch);

    /// <summary>Carries a plan out in time that only counts, and tells how long it takes and how long it has to.</summary>
    public (double Makespan, double LowerBound) Run(FleetPlan plan, WindowLimits limits)
    {
        QueuedMove<PlannedMove>[] moves = [.. plan.Move.Select(move => new QueuedMove<PlannedMove>(
            move, move.Name, GuestIdentity.Of(move.Uuid, move.Source, move.Name), move.Source, move.Destination, move.MemoryMB))];
        MoveQueue<PlannedMove> queue = new(
            moves, limits with { FreeMemoryMB = Hosts.ToDictionary(host => host.ComputerName, host => host.FreeMemoryMB) });
        PriorityQueue<QueuedMove<PlannedMove>, double> running = new();
        FleetCount count = new(Hosts, limits);
        double now = 0;

        do
        {
            while (queue.Take() is { } next)
            {
                count.Begin(next);
                running.Enqueue(next, now + Seconds(next));
            }

            if (running.TryDequeue(out QueuedMove<PlannedMove>? over, out now))
            {
                queue.End(over, Landing.Arrived);
                count.End(over);
            }
        }
        while (running.Count > 0 || queue.Waiting.Count > 0);

        return count.Ended == moves.Length
            ? (now, LowerBound(moves, limits))
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{count.Ended} of {moves.Length} guests were moved."));
    }

    private static double LowerBound(QueuedMove<PlannedMove>[] moves, WindowLimits limits) => new[]
    {
        moves.Sum(Seconds) / limits.ThrottleLimit,
        moves.Max(Seconds),
        moves.GroupBy(move => move.Source).Max(host => host.Sum(Seconds)) / limits.OutOfHost,
        moves.GroupBy(move => move.Destination).Max(host => host.Sum(Seconds)) / limits.IntoHost,
    }.Max();

    private static double Seconds(QueuedMove<PlannedMove> move) => SecondsOfMove + (move.MemoryMB * SecondsOfMebibyte);
}
