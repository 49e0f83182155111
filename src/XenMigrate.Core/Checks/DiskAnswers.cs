namespace XenMigrate.Checks;

/// <summary>What a host told of the path of a disk, or why it told nothing.</summary>
internal static class DiskAnswers
{
    /// <summary>A disk of which nobody tells where it lies: only a drive for removable media may be empty.</summary>
    public static GuestDisk? Pathless(Guest guest) => guest.Disk.FirstOrDefault(disk => disk is { Path: null, Removable: false });

    public static Answer<DiskFile> FileOn(HostFacts host, string path) =>
        host.Disks.TryGetValue(path, out Answer<DiskFile>? found) ? found : NotAsked<DiskFile>(host, path);

    public static Answer<DiskAccess> AccessOn(HostFacts host, string path) =>
        host.Storage.Access.TryGetValue(path, out Answer<DiskAccess>? found) ? found : NotAsked<DiskAccess>(host, path);

    private static Answer<T> NotAsked<T>(HostFacts host, string path)
        where T : class => Answer<T>.None(host.Host, host.SessionProblem ?? $"{path} was not looked for");
}
