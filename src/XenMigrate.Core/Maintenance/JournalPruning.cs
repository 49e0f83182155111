namespace XenMigrate.Maintenance;

/// <summary>
/// Removes journals that are old, or too many. One is kept as long as somebody may need it: its move is not settled, or
/// took a guest off a host that is not back in service.
/// </summary>
internal sealed record JournalPruning
{
    /// <summary>What the user's own folder is kept by.</summary>
    public static JournalPruning Usual { get; } = new();

    public TimeSpan LongestAge { get; init; } = TimeSpan.FromDays(90);

    public int Most { get; init; } = 1000;

    /// <summary>Does it. What can't be read or removed is left.</summary>
    public void Run(string folder, DateTimeOffset now)
    {
        try
        {
            string[] old = [.. JournalFolder.Find(folder).Where((path, number) => number >= Most || now - BeganAt(path) > LongestAge)];
            HashSet<Guid> drains = old.Length == 0 ? [] : [.. HostDrain.All(folder).SelectMany(drain => drain.Journal.Select(journal => journal.Operation))];
            foreach (string path in old.Where(path => IsSettled(path, drains)))
            {
                Remove(path);
            }
        }
        catch (JournalNotReadException)
        {
            // Then nobody can say which are needed.
        }
    }

    /// <summary>As the file's name tells, which its writer gave it; null for a name of somebody else's.</summary>
    private static DateTimeOffset? BeganAt(string path)
    {
        string name = Path.GetFileName(path);
        return DateTimeOffset.TryParseExact(
            name.Substring(0, Math.Min(JournalFolder.TimeFormat.Length, name.Length)),
            JournalFolder.TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time) ? time : null;
    }

    private static bool IsSettled(string path, HashSet<Guid> drains)
    {
        GuestMigration move = JournalFolder.Read(path);
        return move.State is JournalState.Finished or JournalState.NotBegun
            && move.Damage is null
            && move.Outcome != MigrationOutcome.Undetermined
            && !(move.Batch is { } batch && drains.Contains(batch));
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (FileRefusal.Is(e))
        {
            // Another time, or by its owner.
        }
    }
}
