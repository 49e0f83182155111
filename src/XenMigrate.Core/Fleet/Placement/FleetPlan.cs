namespace XenMigrate;

/// <summary>Which guest goes where, and in which order. Moves may be taken out, put elsewhere or given another destination.</summary>
public sealed record FleetPlan
{
    /// <summary>The moves, in the order in which they begin.</summary>
    public IList<PlannedMove> Move { get; init => field = new MoveList(value); } = new MoveList([]);

    /// <summary>The guests that stay where they are.</summary>
    public IReadOnlyList<UnplacedGuest> Unplaced { get; init => field = value.Indexed(); } = IndexedList<UnplacedGuest>.None;

    /// <summary>The destinations, as they were when the plan was made.</summary>
    public IReadOnlyList<FleetHost> Host { get; init => field = value.Indexed(); } = IndexedList<FleetHost>.None;

    public MoveOrder Order { get; init; }

    public DateTimeOffset GeneratedAt { get; init; }

    /// <summary>
    /// What each destination has left once every guest is there, MiB. What leaves it in the last step, or in the only one, is not
    /// counted.
    /// </summary>
    public IReadOnlyDictionary<string, long> FreeMemoryAfterMB() => FreeMemoryByStepMB().Last();

    /// <summary>The same after each step; before the first, if there is none.</summary>
    internal IEnumerable<IReadOnlyDictionary<string, long>> FreeMemoryByStepMB()
    {
        Dictionary<string, long> free = Host.ToDictionary(
            host => host.ComputerName, host => host.FreeMemoryMB, StringComparer.OrdinalIgnoreCase);
        PlannedMove[] before = [];
        foreach (IGrouping<int, PlannedMove> step in Move.GroupBy(move => move.Step).OrderBy(step => step.Key))
        {
            foreach (PlannedMove left in before.Where(left => free.ContainsKey(left.Source)))
            {
                free[left.Source] += left.MemoryMB;
            }

            foreach (PlannedMove move in step.Where(move => free.ContainsKey(move.Destination)))
            {
                free[move.Destination] -= move.MemoryMB;
            }

            before = [.. step];
            yield return new Dictionary<string, long>(free, StringComparer.OrdinalIgnoreCase);
        }

        if (before.Length == 0)
        {
            yield return free;
        }
    }

    /// <summary>The same as a line for each destination, to be read.</summary>
    public IReadOnlyList<string> DescribeHosts()
    {
        IReadOnlyDictionary<string, long> after = FreeMemoryAfterMB();
        return
        [
            .. Host.Select(host =>
                $"{host}: {Move.Count(move => string.Equals(move.Destination, host.ComputerName, StringComparison.OrdinalIgnoreCase))} guests, {after[host.ComputerName]} MiB left"),
        ];
    }

    /// <summary>What is wrong with the plan after somebody changed it, a sentence each; nothing, if it can be carried out.</summary>
    public IReadOnlyList<string> FindProblems() => PlanInspection.FindProblems(this);

    public override string ToString() => $"{Figures.Many(Move.Count, "guest")} to {Figures.Many(Host.Count, "host")}, {Unplaced.Count} without a place";
}
