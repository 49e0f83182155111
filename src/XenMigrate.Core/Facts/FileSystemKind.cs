namespace XenMigrate.Facts;

/// <summary>Who can mount a file system.</summary>
internal enum FileSystemKind
{
    /// <summary>Nobody here knows: sshfs, drivers yet to come.</summary>
    Unknown,

    /// <summary>One host alone: a second one would destroy it, or has another of the same name.</summary>
    OneHost,

    /// <summary>The clients of one server.</summary>
    Served,

    /// <summary>The members of a cluster.</summary>
    Cluster,
}

/// <summary>File systems by their names in the table of mounts.</summary>
internal static class FileSystemKinds
{
    private static readonly HashSet<string> s_oneHost =
    [
        "ext2", "ext3", "ext4", "xfs", "btrfs", "bcachefs", "jfs", "reiserfs", "f2fs", "nilfs2", "zfs", "vfat", "msdos", "exfat", "ntfs",
        "ntfs3", "fuseblk", "tmpfs", "ramfs", "devtmpfs", "rootfs", "overlay", "aufs", "squashfs", "iso9660", "udf", "hfsplus",
    ];

    private static readonly HashSet<string> s_served = ["nfs", "nfs4", "cifs", "smb3", "smbfs"];

    // Each host sees at once what another one wrote, but for glusterfs, which caches.
    private static readonly HashSet<string> s_onDevices = ["gfs", "gfs2", "ocfs2", "vxfs"];

    private static readonly HashSet<string> s_onNetwork =
    [
        "ceph", "fuse.ceph", "fuse.ceph-fuse", "lustre", "gpfs", "beegfs", "pvfs2", "orangefs", "fuse.mfs", "fuse.lizardfs", "fuse.quobyte",
        "fuse.juicefs", "fuse.glusterfs",
    ];

    // With these a file system for clusters is one of a single host.
    private static readonly string[] s_alone = ["lockproto=lock_nolock", "heartbeat=none"];

    public static FileSystemKind Of(string fileSystem, IReadOnlyList<string> options) =>
        s_oneHost.Contains(fileSystem) ? FileSystemKind.OneHost
        : s_served.Contains(fileSystem) ? FileSystemKind.Served
        : s_onNetwork.Contains(fileSystem) ? FileSystemKind.Cluster
        : !s_onDevices.Contains(fileSystem) ? FileSystemKind.Unknown
        : options.Any(s_alone.Contains) || (fileSystem == "vxfs" && !options.Contains("cluster")) ? FileSystemKind.OneHost
        : FileSystemKind.Cluster;

    /// <summary>Whether its files come from other machines, so that no block device of the host holds them.</summary>
    public static bool IsOnNetwork(string fileSystem) =>
        s_served.Contains(fileSystem) || s_onNetwork.Contains(fileSystem) || fileSystem == "9p"
        || (fileSystem.StartsWith("fuse.", StringComparison.Ordinal) && !s_oneHost.Contains(fileSystem));

    public static bool IsCoherent(string fileSystem, FileSystemKind kind) => kind == FileSystemKind.Cluster && fileSystem != "fuse.glusterfs";
}
