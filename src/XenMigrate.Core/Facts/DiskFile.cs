namespace XenMigrate.Facts;

/// <summary>What lies at the path of a guest's disk on one host.</summary>
internal sealed record DiskFile
{
    private const string BlockDevice = "block special file";

    public required string Path { get; init; }

    public bool Exists { get; init; }

    public bool IsBlockDevice { get; init; }

    /// <summary>What it is where it is neither a file nor a block device, in stat's words; null where it can be a disk.</summary>
    public string? Misfit { get; init; }

    /// <summary>major:minor of the file system that holds it.</summary>
    public string Device { get; init; } = "";

    public ulong Inode { get; init; }

    /// <summary>Bytes; 0 for a block device, whose size stat does not tell.</summary>
    public long SizeBytes { get; init; }

    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Where the path leads once all symbolic links are followed; the path itself if that is not told.</summary>
    public string RealPath { get => field ?? Path; init; }

    /// <summary>What a block device and the disks below it, or a file of ceph, are known by, as KIND=value.</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    // What a path is, stat says and not its spelling: /var/run may lead to a device as well as /dev.
    public static Question<DiskFile> Question(string host, string path) => new(
        [
            Stat(path),
            new RemoteCommand("readlink", "-f", "--", path),
            BlockIdentities.Command(path),
        ],
        results => Read(host, path, results));

    /// <summary>The same without what a block device is known by.</summary>
    public static Question<DiskFile> FileQuestion(string host, string path) =>
        new([Stat(path)], results => Read(host, path, results));

    private static RemoteCommand Stat(string path) => new("stat", "-L", "-c", "%d %i %s %Y %F", "--", path);

    private static DiskFile Read(string host, string path, IReadOnlyList<CommandResult> results)
    {
        CommandResult stat = results[0];
        if (!stat.Succeeded)
        {
            return stat.Error.Contains("No such file or directory") || stat.Error.Contains("Not a directory")
                ? new DiskFile { Path = path }
                : throw new RemoteCommandFailedException(host, Stat(path), stat);
        }

        DiskFile file = ParseStat(path, stat.Output)
            ?? throw new OutputNotUnderstoodException(Stat(path), "no stat as asked for", stat.Output);
        return results.Count == 1 ? file : file with
        {
            RealPath = results[1].Succeeded && results[1].Output.TrimEnd() is { Length: > 0 } ? results[1].Output.TrimEnd() : path,
            Identities =
            [
                .. BlockIdentities.Parse(results[2].Output)
                    .Where(identity => file.IsBlockDevice != (BlockIdentities.Kind(identity) == BlockIdentities.Ceph))
                    .Concat(file.IsBlockDevice ? BlockIdentities.OfName(path) : [])
                    .Distinct(),
            ],
        };
    }

    private static DiskFile? ParseStat(string path, string output)
    {
        string[] words = output.Trim().Split([' '], 5);
        return words.Length == 5
            && ulong.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong device)
            && ulong.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            && long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && long.TryParse(words[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long modified)
            && modified is > -62_135_596_800 and < 253_402_300_799
                ? new DiskFile
                {
                    Path = path,
                    Exists = true,
                    IsBlockDevice = words[4] == BlockDevice,
                    Misfit = words[4] is BlockDevice or "regular file" or "regular empty file" ? null : words[4],
                    Device = FormattableString.Invariant(
                        $"{(device >> 8) & 0xfff}:{(device & 0xff) | ((device >> 12) & 0xfffff00)}"),
                    Inode = inode,
                    SizeBytes = size,
                    ModifiedAt = DateTimeOffset.FromUnixTimeSeconds(modified),
                }
                : null;
    }
}
