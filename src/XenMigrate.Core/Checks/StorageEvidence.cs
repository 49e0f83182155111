namespace XenMigrate.Checks;

/// <summary>How something looks on two hosts.</summary>
internal enum Likeness
{
    /// <summary>They don't tell, or it is nothing that can be compared.</summary>
    Unknown,
    Equal,
    Different,
}

/// <summary>
/// Something that two hosts tell of a path, and what follows from it. What does not prove says nothing when it is equal,
/// and what does not disprove says nothing when it differs.
/// </summary>
/// <param name="Name">What it is.</param>
/// <param name="Proves">Whether two hosts that tell the same of it have one storage.</param>
/// <param name="Disproves">Whether two hosts that tell different things of it have two.</param>
/// <param name="Compare">How it looks on both.</param>
internal sealed record StorageEvidence(string Name, bool Proves, bool Disproves, Func<TwoSights, Likeness> Compare)
{
    /// <summary>All that is looked at. about_XenMigrate_Checks has it as a table.</summary>
    public static IReadOnlyList<StorageEvidence> All { get; } =
    [
        new("kind of path (file or device)", Proves: false, Disproves: true, sights =>
            sights.Here.File.IsBlockDevice == sights.There.File.IsBlockDevice ? Likeness.Unknown : Likeness.Different),
        new("world-wide names of all disks below a device, and all layers between", Proves: true, Disproves: true, DeviceEvidence.Disks),
        new("uuid of a mapping (LVM, LUKS)", Proves: false, Disproves: true, DeviceEvidence.Mapping),
        new("serial number", Proves: false, Disproves: false, sights => DeviceEvidence.Values(sights, BlockIdentities.Serial)),
        new("uuid of a file system on a device", Proves: false, Disproves: false, sights => DeviceEvidence.Values(sights, BlockIdentities.FileSystem)),
        new("server's address and path of an NFS or CIFS mount, inode, and size", Proves: true, Disproves: false, FileEvidence.Server),
        new("file that one of the hosts exports to the other by NFS, inode, and size", Proves: true, Disproves: false, FileEvidence.Export),
        new("source of a mount of a cluster's file system, inode, and size", Proves: true, Disproves: false, FileEvidence.Cluster),
        new("cluster and pool of a file's objects in ceph, inode, and size", Proves: true, Disproves: true, FileEvidence.Objects),
        new("file that is read where the other host wrote it (XM-STO-03), and inode", Proves: true, Disproves: false, FileEvidence.Token),
        new("inode of a server's or a cluster's file", Proves: false, Disproves: true, FileEvidence.Inode),
        new("file system for several hosts on either host", Proves: false, Disproves: true, FileEvidence.ForSeveral),
        new("size of a file", Proves: false, Disproves: false, sights =>
            !sights.AreFiles ? Likeness.Unknown : sights.HaveOneSize ? Likeness.Equal : Likeness.Different),
    ];
}
