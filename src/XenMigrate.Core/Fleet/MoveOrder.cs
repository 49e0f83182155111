namespace XenMigrate;

/// <summary>In which order many guests are moved.</summary>
public enum MoveOrder
{
    /// <summary>As they were given.</summary>
    None,

    Name,

    /// <summary>The smallest first: most guests are safe soonest.</summary>
    MemoryAscending,

    /// <summary>The largest first: the one that may fail for want of memory fails soonest.</summary>
    MemoryDescending,

    /// <summary>Those first whose host has most left to send or to take: the whole ends soonest.</summary>
    BusiestHostFirst,
}

/// <summary>Puts moves into an order. What is equal stays as it was given.</summary>
internal static class MoveSorting
{
    public static IReadOnlyList<T> Sort<T>(this IReadOnlyList<T> moves, MoveOrder order)
        where T : IFleetMove => order switch
        {
            MoveOrder.Name => [.. moves.OrderBy(move => move.Name, StringComparer.OrdinalIgnoreCase)],
            MoveOrder.MemoryAscending => [.. moves.OrderBy(move => move.MemoryMB)],
            MoveOrder.MemoryDescending => [.. moves.OrderByDescending(move => move.MemoryMB)],
            MoveOrder.BusiestHostFirst => BusiestHostFirst(moves),
            _ => [.. moves],
        };

    /// <summary>
    /// By what each move's hosts have left to carry when it starts, if each host takes its largest guest first: the
    /// longest queue is never kept waiting for a shorter one.
    /// </summary>
    private static T[] BusiestHostFirst<T>(IReadOnlyList<T> moves)
        where T : IFleetMove
    {
        int[] smallestFirst = [.. Enumerable.Range(0, moves.Count).OrderBy(i => moves[i].MemoryMB).ThenByDescending(i => i)];
        Dictionary<string, long> toSend = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, long> toTake = new(StringComparer.OrdinalIgnoreCase);
        long[] left = new long[moves.Count];
        foreach (int i in smallestFirst)
        {
            T move = moves[i];
            left[i] = Math.Max(Add(toSend, move.Source, move.MemoryMB), Add(toTake, move.Destination, move.MemoryMB));
        }

        return [.. Enumerable.Range(0, moves.Count).OrderByDescending(i => left[i]).Select(i => moves[i])];
    }

    private static long Add(Dictionary<string, long> sums, string host, long memoryMB)
    {
        _ = sums.TryGetValue(host, out long sum);
        return sums[host] = sum + memoryMB;
    }
}
