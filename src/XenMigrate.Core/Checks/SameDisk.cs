namespace XenMigrate.Checks;

/// <summary>
/// Whether two disks of guests are one file or device of a host, however they are called. That one lies within the other
/// (a partition on its disk, a volume on what it is made of) nobody here knows.
/// </summary>
internal static class SameDisk
{
    /// <summary>Null if the host does not tell.</summary>
    public static bool? On(HostFacts host, GuestDisk one, GuestDisk other)
    {
        if (one.Path is null || other.Path is null)
        {
            return false;
        }

        if (one.FilePath is null || other.FilePath is null || one.FilePath == other.FilePath)
        {
            // What no host can look at is only a name.
            return one.Path == other.Path && one.Script == other.Script && one.BackendDomain == other.BackendDomain;
        }

        return Node(host, one) is { } here && Node(host, other) is { } there ? here.IsSame(there) : null;
    }

    /// <summary>What the host said where it does not tell.</summary>
    public static Evidence? Untold(HostFacts host, GuestDisk one, GuestDisk other) => new[] { one, other }
        .Select(disk => host.Nodes.TryGetValue(disk.FilePath!, out Answer<DiskNode>? answer) && answer.Value is null ? answer.Evidence : null)
        .FirstOrDefault(evidence => evidence is not null);

    private static DiskNode? Node(HostFacts host, GuestDisk disk) =>
        host.Nodes.TryGetValue(disk.FilePath!, out Answer<DiskNode>? answer) ? answer.Value : null;
}
