namespace XenMigrate.Fleet.Window;

/// <summary>What one host has to do with moves at the moment.</summary>
/// <param name="freeMemoryMB">What it has free before the first move, MiB; null if that is not known.</param>
internal sealed class HostLoad<T>(long? freeMemoryMB)
{
    private long? _freeMemoryMB = freeMemoryMB;

    public int Outgoing { get; set; }

    public int Incoming { get; set; }

    /// <summary>Every line out of it or into it.</summary>
    public List<MoveLine<T>> Lines { get; } = [];

    public bool HasRoomFor(long memoryMB) => _freeMemoryMB is not { } free || free >= memoryMB;

    /// <summary>Takes memory for a guest that comes; below nothing, if there is no room and it is tried all the same.</summary>
    public void Reserve(long memoryMB) => _freeMemoryMB -= memoryMB;

    /// <summary>Has the memory back of a guest that left, or did not come.</summary>
    public void Return(long memoryMB) => _freeMemoryMB += memoryMB;
}

/// <summary>The moves that wait between one host and another, in order: only the first is looked at.</summary>
internal sealed class MoveLine<T>(HostLoad<T> source, HostLoad<T> destination)
{
    public HostLoad<T> Source { get; } = source;

    public HostLoad<T> Destination { get; } = destination;

    /// <summary>Each with its place in the order of all moves.</summary>
    public Queue<(int Rank, QueuedMove<T> Move)> Waiting { get; } = [];

    public int FirstRank => Waiting.Peek().Rank;

    public QueuedMove<T> First => Waiting.Peek().Move;
}
