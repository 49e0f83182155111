namespace XenMigrate.Checks;

/// <summary>
/// While a guest moves, both hosts have its disks open. What the destination read early of an image's own tables, or
/// the source holds in its page cache, is not what the other one has, unless the storage keeps both in step.
/// </summary>
internal sealed class ImageFormatCheck()
    : GuestCheck("XM-STO-05", "No cache of a host comes between the guest and its disks", CheckCategory.Storage, "DiskNotShared")
{
    // sync and tapdisk are ways of blktap's to open raw images.
    private static readonly string[] s_raw = ["raw", "aio", "sync", "empty"];

    public override CheckSeverity Severity => CheckSeverity.Warning;

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        GuestDisk[] images = [.. guest.Disk.Where(disk => disk is { ReadOnly: false, FilePath: not null } && IsCached(disk))];
        foreach (GuestDisk disk in images)
        {
            foreach (HostFacts host in new[] { pair.Source, pair.Destination })
            {
                Answer<DiskFile> answer = DiskAnswers.FileOn(host, disk.FilePath!);
                if (answer.Value is not { } file)
                {
                    return Unknown(answer);
                }

                if (!file.Exists)
                {
                    return Skipped($"{disk.FilePath} is missing at {host.Host}: see XM-STO-01.");
                }

                Mount? mount = file.IsBlockDevice ? null : MountedFile.MountOf(host, file);
                if (!file.IsBlockDevice && mount is null)
                {
                    return Unknown(
                        $"{host.Host} does not tell which file system {disk.FilePath} is on.",
                        $"See, on {host.Host}: df {disk.FilePath}",
                        host.Mounts.Evidence);
                }

                // A raw device has no page cache of files in between; its tables are another matter.
                if (file.IsBlockDevice ? !IsRaw(disk) : !mount!.IsCoherent)
                {
                    return Cached(host, disk, mount, answer.Evidence);
                }
            }
        }

        if (DiskAnswers.Pathless(guest) is { ReadOnly: false } pathless)
        {
            return Skipped($"Where disk {pathless.VirtualDevice} lies is not told: see XM-STO-01.");
        }

        return Passed(guest.Disk.Any(disk => disk.FilePath is not null)
            ? $"The disks of {guest.Name} are raw images or devices, or on storage that keeps both hosts in step."
            : $"{guest.Name} has no disk that is a file or a device.");
    }

    private static bool IsRaw(GuestDisk disk) => disk.Format is null || s_raw.Contains(disk.Format);

    /// <summary>Whether the way in which its host opens the disk caches anything.</summary>
    private static bool IsCached(GuestDisk disk) => !IsRaw(disk) || IsLoop(disk);

    /// <summary>xend's file: is a loop device, which writes by way of the host's page cache.</summary>
    private static bool IsLoop(GuestDisk disk) => disk.Backend == "file";

    private static Finding Cached(HostFacts host, GuestDisk disk, Mount? mount, Evidence evidence) => new(
        CheckStatus.Warning,
        IsRaw(disk)
            ? $"{disk.FilePath} is opened as file:, so {host.Host} keeps writes to it in its own memory for a while: the other host may read what is older."
            : $"{disk.FilePath} on {host.Host} is a {disk.Format} image{(mount is null ? "" : $" on {mount.FileSystem}")}: what one host knows of its tables, the other may have changed.")
    {
        Expected = IsRaw(disk) ? $"tap:aio:{disk.FilePath}" : "a raw image, or a file system that keeps all hosts in step (gfs2, ocfs2)",
        Actual = IsRaw(disk) ? $"file:{disk.FilePath}" : disk.Format,
        Remediation = IsRaw(disk)
            ? $"Write tap:aio: for file: in the guest's configuration on {host.Host}, and start it anew once."
            : $"With the guest shut down, on {host.Host}: qemu-img convert -O raw {disk.FilePath} {disk.FilePath}.raw, and name that in its configuration.",
        Evidence = evidence,
    };
}
