using System.Collections.Concurrent;

namespace XenMigrate.Fleet;

/// <summary>What moves between two hosts carried, as their journals tell: all that can be said of the next one.</summary>
/// <param name="folders">The folders of the journals.</param>
internal sealed class PastMoves(IReadOnlyList<string> folders)
{
    // One may have been slow because of something else.
    private const int Enough = 3;

    // What is that long ago tells nothing of today's network.
    private const int MostRead = 500;

    private readonly Lazy<IReadOnlyList<(string Path, JournalEntry.Begun Begun)>> _begun = new(() => ReadBegun(folders));
    private readonly ConcurrentDictionary<string, GuestMigration?> _moves = new();

    /// <summary>Knows of none.</summary>
    public static PastMoves None { get; } = new([]);

    /// <summary>The last moves between these two hosts, whichever way, that were made like this one; null if no journal tells of any.</summary>
    public PastRate? Between(NamedHost source, NamedHost destination, MigrationMode mode)
    {
        GuestMigration[] last = [.. Of(source, destination, mode).Where(move => move.BytesTransferred > 0).Take(Enough)];
        return last.Length == 0 ? null : new PastRate(
            last.Length,
            last.Sum(move => (double)move.BytesTransferred!.Value) / last.Sum(move => move.TransferDuration!.Value.TotalSeconds),
            last.Max(move => move.Downtime));
    }

    /// <summary>What the last live moves of such guests stood still for, each part by the middle one; null if no journal tells of any.</summary>
    /// <param name="source">One host.</param>
    /// <param name="destination">The other.</param>
    /// <param name="type">How the guests run on Xen.</param>
    public DowntimeParts? Downtime(NamedHost source, NamedHost destination, GuestType type) => DowntimeParts.Median(
    [
        .. Of(source, destination, MigrationMode.Live).Where(move => move.Type == type).Select(move => move.DowntimePart).OfType<DowntimeParts>().Take(Enough),
    ]);

    /// <summary>Bytes of memory per second in the first round of the last live moves that were packed like this; null if no journal tells of any.</summary>
    public double? MemoryRate(NamedHost source, NamedHost destination, StreamCompression compression)
    {
        double[] rates =
        [
            .. Of(source, destination, MigrationMode.Live).Where(move => move.Compression == compression).Select(move => move.MemoryBytesPerSecond).OfType<double>()
                .Take(Enough),
        ];
        return rates.Length == 0 ? null : rates.OrderBy(rate => rate).ElementAt(rates.Length / 2);
    }

    /// <summary>What the last live moves took beside their rounds and their pause; null if no journal tells of any.</summary>
    public TimeSpan? Overhead(NamedHost source, NamedHost destination)
    {
        TimeSpan[] times =
        [
            .. Of(source, destination, MigrationMode.Live).Select(move => move.TransferDuration - move.LiveDuration - move.Downtime).OfType<TimeSpan>()
                .Where(time => time > TimeSpan.Zero).Take(Enough),
        ];
        return times.Length == 0 ? null : times.OrderBy(time => time).ElementAt(times.Length / 2);
    }

    /// <summary>The longest time that one of the last such moves took, however big its guest was; null if no journal tells of any.</summary>
    public TimeSpan? Longest(NamedHost source, NamedHost destination, MigrationMode mode) =>
        Of(source, destination, mode).Take(Enough).Max(move => move.TransferDuration);

    /// <summary>Those that succeeded and tell of a time, the newest first. Of others' journals no more than the first line is read.</summary>
    private IEnumerable<GuestMigration> Of(NamedHost source, NamedHost destination, MigrationMode mode) => _begun.Value
        .Where(move => move.Begun.Mode == mode
            && ((move.Begun.From.Is(source) && move.Begun.To.Is(destination)) || (move.Begun.From.Is(destination) && move.Begun.To.Is(source))))
        .Select(move => _moves.GetOrAdd(move.Path, Read))
        .OfType<GuestMigration>()
        .Where(move => move is { Outcome: MigrationOutcome.Succeeded, TransferDuration.Ticks: > 0 });

    private static IReadOnlyList<(string Path, JournalEntry.Begun Begun)> ReadBegun(IReadOnlyList<string> folders) =>
    [
        .. Find(folders).Take(MostRead).Select(path => (path, JournalReader.ReadBegun(path)))
            .Where(read => read.Item2 is not null).Select(read => (read.path, read.Item2!)),
    ];

    /// <summary>Null if it may not be read: somebody else's, perhaps. What the others tell is enough.</summary>
    private static GuestMigration? Read(string path)
    {
        try
        {
            return JournalFolder.Read(path);
        }
        catch (JournalNotReadException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> Find(IReadOnlyList<string> folders)
    {
        try
        {
            return JournalFolder.Find(folders);
        }
        catch (JournalNotReadException)
        {
            return [];
        }
    }
}

/// <summary>What the last moves between two hosts came to.</summary>
/// <param name="Moves">How many they were.</param>
/// <param name="BytesPerSecond">What they sent, by the time from their start to their end.</param>
/// <param name="LongestPause">How long a guest stood still at most; null if nobody could see.</param>
internal sealed record PastRate(int Moves, double BytesPerSecond, TimeSpan? LongestPause)
{
    private const double BytesInMebibyte = 1 << 20;

    /// <summary>How long so much memory takes at this rate.</summary>
    public TimeSpan TimeFor(long memoryMB) => TimeSpan.FromSeconds(memoryMB * BytesInMebibyte / BytesPerSecond);
}
