namespace XenMigrate.Checks;

/// <summary>Which mount of a host a file is on.</summary>
internal static class MountedFile
{
    // Each of their volumes has a number of its own, without a device.
    private static readonly string[] s_manyDevices = ["btrfs", "bcachefs", "overlay", "zfs", "tmpfs"];

    /// <summary>The mount, or null if the host does not tell.</summary>
    public static Mount? MountOf(HostFacts host, DiskFile file)
    {
        if (host.Mounts.Value is not { } mounts)
        {
            return null;
        }

        // Of several mounts of one device, that of the longest path that leads to the file.
        Mount? byDevice = mounts
            .Where(mount => mount.Device.Length > 0 && mount.Device == file.Device)
            .OrderByDescending(mount => mount.Holds(file.RealPath) ? mount.MountPoint.Length : -1)
            .FirstOrDefault();
        return byDevice ?? ByPath(mounts, file);
    }

    /// <summary>
    /// Where the kernel lists no device numbers, or a file system gives stat another one than it lists. A path may lead
    /// elsewhere by a symbolic link; that shows where one of both has a device, whose major number is not 0.
    /// </summary>
    private static Mount? ByPath(IReadOnlyList<Mount> mounts, DiskFile file)
    {
        // What was mounted last at one place hides the others.
        Mount? found = mounts.Reverse()
            .Where(mount => mount.Holds(file.RealPath))
            .OrderByDescending(mount => mount.MountPoint.Length)
            .FirstOrDefault();
        bool hasMany = found is not null && s_manyDevices.Contains(found.FileSystem);
        return (found?.Device.Length == 0 || hasMany) && (found!.IsOnNetwork || hasMany) == file.Device.StartsWith("0:", StringComparison.Ordinal)
            ? found
            : null;
    }
}
