namespace XenMigrate.Facts;

/// <summary>What a host may do with the disks of guests, and what it exports of its own.</summary>
/// <param name="Exports">Its NFS exports.</param>
/// <param name="Access">Whether it may write a disk, by path.</param>
internal sealed record StorageFacts(
    Answer<IReadOnlyList<NfsExport>> Exports, IReadOnlyDictionary<string, Answer<DiskAccess>> Access)
{
    /// <summary>A host that nobody asked.</summary>
    public static StorageFacts None(string host, string problem) =>
        new(Answer<IReadOnlyList<NfsExport>>.None(host, problem), new Dictionary<string, Answer<DiskAccess>>());

    /// <summary>Adds the questions to a survey; call what it returns once that has ended.</summary>
    public static Func<StorageFacts> Ask(Survey survey, string host, IReadOnlyList<string> paths)
    {
        Func<Answer<IReadOnlyList<NfsExport>>> exports = survey.Add(NfsExports.Question(host));
        Dictionary<string, Func<Answer<DiskAccess>>> access =
            paths.ToDictionary(path => path, path => survey.Add(DiskAccess.Question(host, path)));
        return () => new StorageFacts(exports(), access.ToDictionary(disk => disk.Key, disk => disk.Value()));
    }
}
