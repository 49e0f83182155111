namespace XenMigrate.Fleet;

/// <summary>What moves between two hosts carried, as their journals tell: all that can be said of the next one.</summary>
/// <param name="folders">The folders of the journals.</param>
internal sealed class PastMoves(IReadOnlyList<string> folders)
{
    // One may have been slow because of something else.
    private const int Enough = 3;

    // What is that long ago tells nothing of today's network.
    private const int MostRead = 500;

    private readonly Lazy<IReadOnlyList<GuestMigration>> _moves = new(() => Read(folders));

    /// <summary>Knows of none.</summary>
    public static PastMoves None { get; } = new([]);

    /// <summary>The last moves between these two hosts, whichever way, that were made like this one; null if no journal tells of any.</summary>
    public PastRate? Between(string source, string destination, MigrationMode mode)
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
    public DowntimeParts? Downtime(string source, string destination, GuestType type) => DowntimeParts.Median(
    [
        .. Of(source, destination, MigrationMode.Live).Where(move => move.Type == type).Select(move => move.DowntimePart).OfType<DowntimeParts>().Take(Enough),
    ]);

    /// <summary>Bytes of memory per second in the first round of the last live moves that were packed like this; null if no journal tells of any.</summary>
    public double? MemoryRate(string source, string destination, StreamCompression compression)
    {
        double[] rates =
        [
            .. Of(source, destination, MigrationMode.Live).Where(move => move.Compression == compression).Select(move => move.MemoryBytesPerSecond).OfType<double>()
                .Take(Enough),
        ];
        return rates.Length == 0 ? null : rates.OrderBy(rate => rate).ElementAt(rates.Length / 2);
    }

    /// <summary>What the last live moves took beside their rounds and their pause; null if no journal tells of any.</summary>
    public TimeSpan? Overhead(string source, string destination)
    {
        TimeSpan[] times =
        [
            .. Of(source, destination, MigrationMode.Live).Select(move => move.TransferDuration - move.LiveDuration - move.Downtime).OfType<TimeSpan>()
                .Where(time => time > TimeSpan.Zero).Take(Enough),
        ];
        return times.Length == 0 ? null : times.OrderBy(time => time).ElementAt(times.Length / 2);
    }

    /// <summary>The longest time that one of the last such moves took, however big its guest was; null if no journal tells of any.</summary>
    public TimeSpan? Longest(string source, string destination, MigrationMode mode) =>
        Of(source, destination, mode).Take(Enough).Max(move => move.TransferDuration);

    private IEnumerable<GuestMigration> Of(string source, string destination, MigrationMode mode) => _moves.Value.Where(move =>
        move.Mode == mode
            && ((IsName(move.Source, source) && IsName(move.Destination, destination))
                || (IsName(move.Source, destination) && IsName(move.Destination, source))));

    /// <summary>Those that tell of a time, the newest first.</summary>
    private static List<GuestMigration> Read(IReadOnlyList<string> folders)
    {
        List<GuestMigration> moves = [];
        foreach (string path in Find(folders).Take(MostRead))
        {
            try
            {
                GuestMigration move = JournalFolder.Read(path);
                if (move is { Outcome: MigrationOutcome.Succeeded, TransferDuration.Ticks: > 0 })
                {
                    moves.Add(move);
                }
            }
            catch (JournalNotReadException)
            {
                // Somebody else's, perhaps. What the others tell is enough.
            }
        }

        return moves;
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

    private static bool IsName(string? host, string name) => string.Equals(host, name, StringComparison.OrdinalIgnoreCase);
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
