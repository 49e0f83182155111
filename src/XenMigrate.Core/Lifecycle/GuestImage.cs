namespace XenMigrate.Lifecycle;

/// <summary>A guest's image, as far as it can be told without reading all of it.</summary>
internal abstract record GuestImage(SavedGuest Saved)
{
    /// <summary>What wrote it, and alone can read it.</summary>
    public abstract ToolstackKind Toolstack { get; }

    /// <summary>The disks that the guest needs as they were when it was saved.</summary>
    public abstract IReadOnlyList<GuestDisk> Disks { get; }

    /// <summary>The file as it is, with nobody having looked into it.</summary>
    public static Question<SavedGuest> Unread(string host, string path, Guest guest) => new(
        Stat(path), result => ReadStat(host, path, result) with { Name = guest.Name, Uuid = guest.Uuid });

    public static RemoteCommand Stat(string path) => new("stat", "-L", "-c", "%s %Y", "--", path);

    public static SavedGuest ReadStat(string host, string path, CommandResult result)
    {
        string[] stat = result.Output.Trim().Split(' ');
        return result.Succeeded
            && stat.Length == 2
            && long.TryParse(stat[0], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && long.TryParse(stat[1], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds < 253_402_300_799
                ? new SavedGuest("", null, host, path, size, DateTimeOffset.FromUnixTimeSeconds(seconds))
                : throw new RemotePathInvalidException(path, $"{host} says: {result.Error.Trim()}", $"See what is there: ls -l on {host}.");
    }
}
