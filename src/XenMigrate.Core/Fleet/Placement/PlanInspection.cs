namespace XenMigrate.Fleet.Placement;

/// <summary>Looks over a plan that may have been changed by hand.</summary>
internal static class PlanInspection
{
    public static IReadOnlyList<string> FindProblems(FleetPlan plan) =>
        [.. Destinations(plan), .. Guests(plan), .. Memory(plan), .. Apart(plan)];

    private static IEnumerable<string> Destinations(FleetPlan plan)
    {
        HashSet<string> known = new(plan.Host.Select(host => host.ComputerName), StringComparer.OrdinalIgnoreCase);
        foreach (PlannedMove move in plan.Move)
        {
            if (string.Equals(move.Source, move.Destination, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{move.Name} is on {move.Source} already.";
            }
            else if (!known.Contains(move.Destination))
            {
                yield return $"{move.Name} is to go to {move.Destination}, of which the plan knows nothing: put it among the plan's hosts.";
            }
        }
    }

    private static IEnumerable<string> Guests(FleetPlan plan) => plan.Move
        .GroupBy(move => GuestIdentity.Of(move.Uuid, move.Source, move.Name), StringComparer.Ordinal)
        .Where(group => !IsWay([.. group.OrderBy(move => move.Step)]))
        .Select(group => $"{group.First().Name} is in the plan {group.Count()} times, to go to {string.Join(" and to ", group.Select(move => move.Destination))}.");

    /// <summary>Whether each move begins, in a later step, where the one before ended.</summary>
    private static bool IsWay(PlannedMove[] moves) => moves.Zip(moves.Skip(1), (from, to) =>
        from.Step < to.Step && string.Equals(from.Destination, to.Source, StringComparison.OrdinalIgnoreCase)).All(follows => follows);

    private static IEnumerable<string> Memory(FleetPlan plan)
    {
        IReadOnlyDictionary<string, long>[] free = [.. plan.FreeMemoryByStepMB()];
        foreach (FleetHost host in plan.Host)
        {
            if (free.Length == 1 && free[0][host.ComputerName] < 0)
            {
                yield return $"{host.ComputerName} has {host.FreeMemoryMB} MiB free, and guests of {host.FreeMemoryMB - free[0][host.ComputerName]} MiB are to go there.";
            }
            else if (Array.FindIndex(free, step => step[host.ComputerName] < 0) is >= 0 and var full)
            {
                yield return $"{host.ComputerName} has {host.FreeMemoryMB} MiB free, and after {full + 1} of {free.Length} steps {-free[full][host.ComputerName]} MiB more would be taken.";
            }
        }
    }

    private static IEnumerable<string> Apart(FleetPlan plan)
    {
        ILookup<string, string> there = plan.Host
            .SelectMany(host => host.Apart.Select(word => (host.ComputerName, word)))
            .ToLookup(pair => Key(pair.ComputerName, pair.word), pair => pair.word, StringComparer.OrdinalIgnoreCase);
        // Where it only stops over it was found out when the plan was made.
        return plan.Move.Where(move => move.Apart is not null && !plan.Move.Any(next => next.Step > move.Step && next.Uuid == move.Uuid && next.Name == move.Name))
            .GroupBy(move => Key(move.Destination, move.Apart!), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any() || there.Contains(group.Key))
            .Select(group => there.Contains(group.Key)
                ? $"{string.Join(", ", group.Select(move => move.Name))} would be on {group.First().Destination} with another of '{group.First().Apart}'."
                : $"{string.Join(", ", group.Select(move => move.Name))} are to be kept apart, and all are to go to {group.First().Destination}.");
    }

    private static string Key(string host, string word) => $"{host}\n{word}";
}
