namespace XenMigrate.Fleet.Window;

/// <summary>
/// Says which move may begin next: the first in order that keeps within the limits, has room at its destination beside
/// all that is under way to it, and whose guest is not being moved already. Between two hosts nobody overtakes. A step
/// begins when the one before it has ended.
/// </summary>
/// <remarks>
/// What a move's own checks see at its destination is only what arrived there. The room that is kept here is for the
/// guests that are on their way. So a guest that has no room by this count is still tried once nothing at all is under
/// way: then the destination's own answer is true, and nobody waits for ever.
/// </remarks>
internal sealed class MoveQueue<T>
{
    private readonly WindowLimits _limits;
    private readonly Dictionary<string, long> _freeMemoryMB;
    private readonly Dictionary<string, HostLoad<T>> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<MoveLine<T>> _lines = [];
    private readonly Dictionary<(HostLoad<T>, HostLoad<T>), MoveLine<T>> _byWay = [];
    private readonly Queue<(int Rank, QueuedMove<T> Move)[]> _steps;

    // Lines whose first move may be free to begin; the others are put back when one of their hosts changes.
    private readonly SortedSet<MoveLine<T>> _ready = new(Comparer<MoveLine<T>>.Create((x, y) => x.FirstRank.CompareTo(y.FirstRank)));

    // The guests under way, each with the lines that wait for it.
    private readonly Dictionary<string, List<MoveLine<T>>> _underWay = new(StringComparer.Ordinal);
    private readonly Dictionary<QueuedMove<T>, MoveLine<T>> _running = new(ByReference.Instance);

    public MoveQueue(IReadOnlyList<QueuedMove<T>> moves, WindowLimits limits)
    {
        limits.Validate();
        _limits = limits;
        _freeMemoryMB = limits.FreeMemoryMB.ToDictionary(host => host.Key, host => host.Value, StringComparer.OrdinalIgnoreCase);
        _steps = new(moves.Select((move, rank) => (rank, move)).GroupBy(move => move.move.Step).OrderBy(step => step.Key).Select(step => step.ToArray()));
        BeginStep();
    }

    public int Running => _running.Count;

    /// <summary>What waits still, in order.</summary>
    public IReadOnlyList<QueuedMove<T>> Waiting =>
        [.. _lines.SelectMany(line => line.Waiting).Concat(_steps.SelectMany(step => step)).OrderBy(waiting => waiting.Rank).Select(waiting => waiting.Move)];

    /// <summary>The move that may begin now, which counts as under way from here on; null if none may.</summary>
    public QueuedMove<T>? Take()
    {
        if (Running >= _limits.ThrottleLimit)
        {
            return null;
        }

        while (_ready.Min is { } line)
        {
            if (IsFree(line))
            {
                return Begin(line);
            }

            _ = _ready.Remove(line);
        }

        if (Running > 0)
        {
            return null;
        }

        MoveLine<T>? first = _lines.Where(line => line.Waiting.Count > 0)
            .Aggregate((MoveLine<T>?)null, (least, line) => least is null || line.FirstRank < least.FirstRank ? line : least);
        return first is not null ? Begin(first) : BeginStep() ? Take() : null;
    }

    /// <summary>A move that was taken is over.</summary>
    public void End(QueuedMove<T> move, Landing landing)
    {
        MoveLine<T> line = _running[move];
        _ = _running.Remove(move);
        line.Source.Outgoing--;
        line.Destination.Incoming--;
        switch (landing)
        {
            case Landing.Arrived:
                line.Source.Return(move.MemoryMB);
                break;
            case Landing.Stayed:
                line.Destination.Return(move.MemoryMB);
                break;
            default:
                // It may be on either: neither host's memory is counted as free.
                break;
        }

        List<MoveLine<T>> waiting = _underWay[move.Identity];
        _ = _underWay.Remove(move.Identity);
        waiting.ForEach(Wake);
        line.Source.Lines.ForEach(Wake);
        line.Destination.Lines.ForEach(Wake);
    }

    /// <summary>Lets the moves of the next step wait in their lines; false if there is none.</summary>
    private bool BeginStep()
    {
        if (_steps.Count == 0)
        {
            return false;
        }

        foreach ((int rank, QueuedMove<T> move) in _steps.Dequeue())
        {
            HostLoad<T> source = Host(move.Source);
            HostLoad<T> destination = Host(move.Destination);
            if (!_byWay.TryGetValue((source, destination), out MoveLine<T>? line))
            {
                _byWay[(source, destination)] = line = new MoveLine<T>(source, destination);
                _lines.Add(line);
                source.Lines.Add(line);
                destination.Lines.Add(line);
            }

            line.Waiting.Enqueue((rank, move));
        }

        _lines.ForEach(Wake);
        return true;
    }

    private bool IsFree(MoveLine<T> line)
    {
        if (_underWay.TryGetValue(line.First.Identity, out List<MoveLine<T>>? waiting))
        {
            waiting.Add(line);
            return false;
        }

        return line.Source.Outgoing < _limits.OutOfHost
            && line.Destination.Incoming < _limits.IntoHost
            && line.Destination.HasRoomFor(line.First.MemoryMB);
    }

    private QueuedMove<T> Begin(MoveLine<T> line)
    {
        // Before the line's first changes, by which the set knows it.
        _ = _ready.Remove(line);
        QueuedMove<T> move = line.Waiting.Dequeue().Move;
        line.Source.Outgoing++;
        line.Destination.Incoming++;
        line.Destination.Reserve(move.MemoryMB);
        _running.Add(move, line);
        _underWay.Add(move.Identity, []);
        Wake(line);
        return move;
    }

    private void Wake(MoveLine<T> line)
    {
        if (line.Waiting.Count > 0)
        {
            _ = _ready.Add(line);
        }
    }

    private HostLoad<T> Host(string name)
    {
        if (!_hosts.TryGetValue(name, out HostLoad<T>? host))
        {
            _hosts[name] = host = new HostLoad<T>(_freeMemoryMB.TryGetValue(name, out long free) ? free : null);
        }

        return host;
    }

    // Two moves of the same guest to the same place are equal, and still two.
    private sealed class ByReference : IEqualityComparer<QueuedMove<T>>
    {
        public static ByReference Instance { get; } = new();

        public bool Equals(QueuedMove<T>? x, QueuedMove<T>? y) => ReferenceEquals(x, y);

        public int GetHashCode(QueuedMove<T> obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}

/// <summary>Where a guest is after its move, as far as memory goes.</summary>
internal enum Landing
{
    /// <summary>At the destination, and no more at the source.</summary>
    Arrived,

    /// <summary>At the source; the destination has nothing of it.</summary>
    Stayed,

    /// <summary>Nobody knows.</summary>
    Unknown,
}
