namespace XenMigrate.Facts;

/// <summary>
/// Which file or device of a host a path leads to, however it is spelled: a device by its own number, which all its names
/// have, a file by its file system and inode. Null if nothing is there.
/// </summary>
internal sealed record DiskNode(string? Id)
{
    // Two nodes of one device differ in their inodes, and files have no number of a device.
    private static readonly LinePattern s_told = new(@"^(?<file>\d+ \d+) (?<device>[0-9a-f]+:[0-9a-f]+) (?<kind>\S.*)$");

    public static Question<DiskNode> Question(string host, string path) => new(
        Command(path),
        result => result.Succeeded && s_told.Match(result.Output.Trim()) is { Success: true } told
                ? new DiskNode(told.Groups["kind"].Value == "block special file" ? $"device {told.Groups["device"].Value}" : $"file {told.Groups["file"].Value}")
            : result.Succeeded ? throw new OutputNotUnderstoodException(Command(path), "no stat as asked for", result.Output)
            : result.Error.Contains("No such file or directory") || result.Error.Contains("Not a directory") ? new DiskNode((string?)null)
            : throw new RemoteCommandFailedException(host, Command(path), result));

    /// <summary>Null where it is not told: one file of a file server, mounted twice, has one inode in two file systems.</summary>
    public bool? IsSame(DiskNode other) =>
        Id is null || other.Id is null ? false
        : Id == other.Id ? true
        : Inode is { } inode && inode == other.Inode && (IsWithoutDevice || other.IsWithoutDevice) ? null
        : false;

    private string? Inode => Id!.StartsWith("file ", StringComparison.Ordinal) ? Id.Split(' ')[2] : null;

    // What is on no block device of the host has a number with major 0: NFS and all that comes by a network.
    private bool IsWithoutDevice => ulong.TryParse(Id!.Split(' ')[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong device)
        && ((device >> 8) & 0xfff) == 0;

    private static RemoteCommand Command(string path) => new("stat", "-L", "-c", "%d %i %t:%T %F", "--", path);
}

/// <summary>Where the paths of all disks of a host's guests lead.</summary>
internal static class DiskNodes
{
    /// <summary>
    /// Asks for them in one execution, since only the list of guests tells which paths those are; and not at all where no
    /// other guest has a disk.
    /// </summary>
    /// <param name="shell">The host.</param>
    /// <param name="host">Its name.</param>
    /// <param name="guests">What it has.</param>
    /// <param name="wanted">What the guests that are to move have.</param>
    /// <param name="leaving">The ids of those that are to leave it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>By path.</returns>
    public static async Task<IReadOnlyDictionary<string, Answer<DiskNode>>> AskAsync(
        IHostShell shell, string host, IReadOnlyList<Guest> guests, Wanted wanted, IReadOnlyList<int> leaving, CancellationToken cancellationToken)
    {
        Guest[] others = [.. guests.Where(guest => guest.Id is { } id && !(leaving.Count == 1 && leaving[0] == id) && guest.Disk.Any(disk => disk.FilePath is not null))];
        if (wanted.Disks.Count == 0 || others.Length == 0)
        {
            return new Dictionary<string, Answer<DiskNode>>();
        }

        Survey survey = new(shell);
        Dictionary<string, Func<Answer<DiskNode>>> nodes = wanted.Disks.Concat(others.SelectMany(guest => guest.Disk).Select(disk => disk.FilePath).OfType<string>())
            .Distinct()
            .ToDictionary(path => path, path => survey.Add(DiskNode.Question(host, path)));
        try
        {
            await survey.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            return nodes.Keys.ToDictionary(path => path, _ => Answer<DiskNode>.None(host, e.Message));
        }

        return nodes.ToDictionary(node => node.Key, node => node.Value());
    }
}
