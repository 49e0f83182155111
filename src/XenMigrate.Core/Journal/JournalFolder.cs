namespace XenMigrate.Journal;

/// <summary>The folder that journals lie in, one file an operation.</summary>
internal static class JournalFolder
{
    /// <summary>How a journal's name begins, so that the older one comes first.</summary>
    public const string TimeFormat = "yyyyMMdd-HHmmss-fff";

    private const string Extension = ".ndjson";

    /// <summary>The user's own; null for a user without a home.</summary>
    public static string? Default
    {
        get
        {
            string data = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length == 0 ? null : Path.Combine(data, "XenMigrate", "journal");
        }
    }

    /// <summary>
    /// A file for a new operation. By its name, the older one comes first: it has the time or, where the clock was set back, a
    /// moment after that of the newest one there.
    /// </summary>
    public static string NewPath(string folder, Guid operation, DateTimeOffset now)
    {
        DateTimeOffset after = Newest(folder) is { } newest ? newest.AddMilliseconds(1) : DateTimeOffset.MinValue;
        return Path.Combine(
            folder, (now > after ? now : after).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + "-" + operation.ToString("N") + Extension);
    }

    /// <summary>Takes the user's own journals from everybody else. Another folder may be shared on purpose.</summary>
    public static void Tighten(string folder)
    {
        if (Default is { } own && (Path.GetFullPath(folder) + Path.DirectorySeparatorChar).StartsWith(own + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            PrivateFiles.Tighten(folder, "*" + Extension);
        }
    }

    /// <summary>What a journal tells, as things are now.</summary>
    /// <exception cref="JournalNotReadException">The file may not be read.</exception>
    public static GuestMigration Read(string path) =>
        GuestMigration.Of(path, JournalReader.Read(path), process => process.IsAlive());

    /// <summary>The names of guests whose moves between two hosts are not known to have ended.</summary>
    /// <exception cref="JournalNotReadException">The folder, or a file in it, may not be read.</exception>
    public static IReadOnlyList<string> NamesOfUnsettled(string? folder, NamedHost source, NamedHost destination) =>
    [
        .. (folder is null ? [] : Find(folder))
            .Select(Read)
            .Where(move => (move.State is not (JournalState.Finished or JournalState.NotBegun) || move.Outcome == MigrationOutcome.Undetermined)
                && move.From?.Is(source) == true && move.To?.Is(destination) == true)
            .Select(move => move.Name)
            .Distinct(),
    ];

    /// <summary>The journals of several folders, the newest first.</summary>
    /// <exception cref="JournalNotReadException">A folder may not be read.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> folders) =>
        [.. folders.SelectMany(Find).OrderByDescending(path => Path.GetFileName(path), StringComparer.Ordinal)];

    /// <summary>The journals of a folder, the newest first, or the one that is named; none, if there is no such folder.</summary>
    /// <exception cref="JournalNotReadException">The folder may not be read.</exception>
    public static IReadOnlyList<string> Find(string folder)
    {
        try
        {
            return File.Exists(folder) ? [folder]
                : Directory.Exists(folder)
                    ? [.. Directory.EnumerateFiles(folder, "*" + Extension).OrderByDescending(path => path, StringComparer.Ordinal)]
                    : [];
        }
        catch (Exception e) when (FileRefusal.Is(e))
        {
            throw new JournalNotReadException(folder, e.Message, e);
        }
    }

    private static DateTimeOffset? Newest(string folder)
    {
        try
        {
            string? name = Find(folder).Select(path => Path.GetFileName(path)).FirstOrDefault(name => name.Length > TimeFormat.Length);
            return DateTimeOffset.TryParseExact(
                name?.Substring(0, TimeFormat.Length), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time
                : null;
        }
        catch (JournalNotReadException)
        {
            // Who can't read it can't write there either, and says so then.
            return null;
        }
    }
}
