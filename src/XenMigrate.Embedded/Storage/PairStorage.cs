namespace XenMigrate.Embedded.Storage;

/// <summary>The chapter's shared storage: a disk of et-virt07, exported to et-virt08.</summary>
internal static class PairStorage
{
    public const string Folder = "/var/lib/libvirt/images";

    public const string ExportsPath = "/etc/exports";

    /// <summary>As the chapter's df shows it.</summary>
    public const long Kilobytes = 70_562_400;

    public static FileTree MakeTree(DateTimeOffset now) => new(Kilobytes, now);

    /// <summary>What a host exports, in the chapter's words.</summary>
    public static string ExportsOf(HostProfile host) => host.HasStorage ? Folder + "  *(rw,async,no_root_squash)\n" : "";

    /// <summary>How a host sees it: the server by its disk, others by NFS.</summary>
    public static MountPoint MountOn(HostProfile host, FileTree tree) => host.HasStorage
        ? new MountPoint(tree, Folder, "ext3", "/dev/sdb", 8, 16, "data=ordered")
        : new MountPoint(
            tree,
            Folder,
            "nfs",
            $"{HostProfile.Virt07.Name}:{Folder}",
            0,
            22,
            $"vers=3,rsize=32768,wsize=32768,hard,proto=tcp,timeo=600,retrans=2,sec=sys,addr={HostProfile.Virt07.Name}");

    /// <summary>A 5 GiB disk with the chapter's two partitions, otherwise full of holes.</summary>
    public static FileContent Disk()
    {
        byte[] head = new byte[512];
        head[0] = 0xeb;
        head[1] = 0x48;
        Partition(head.AsSpan(446), active: true, startHead: 1, 0x83, 63, 208_782);
        Partition(head.AsSpan(462), active: false, startHead: 0, 0x8e, 208_845, 10_265_535);
        head[510] = 0x55;
        head[511] = 0xaa;
        return new SparseContent(head, 5L * 1024 * 1024 * 1024);
    }

    private static void Partition(Span<byte> entry, bool active, byte startHead, byte kind, uint start, uint sectors)
    {
        entry[0] = active ? (byte)0x80 : (byte)0;
        entry[1] = startHead;
        entry[4] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], start);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], sectors);
    }
}
