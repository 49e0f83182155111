namespace XenMigrate.Checks;

/// <summary>What lies at a path on one host, and what holds it.</summary>
internal sealed record Sight(HostFacts Host, DiskFile File, Mount? Mount)
{
    public static Sight Of(HostFacts host, DiskFile file) =>
        new(host, file, file.IsBlockDevice ? null : MountedFile.MountOf(host, file));

    /// <summary>It in words.</summary>
    public string Words => File.IsBlockDevice
        ? File.Identities.Count > 0 ? string.Join(" ", File.Identities) : "a device without an identity"
        : $"inode {File.Inode} of {File.SizeBytes} bytes on {(Mount is null ? "a mount that is not listed" : $"{Mount.Source} ({Mount.FileSystem})")}{string.Concat(File.Identities.Select(identity => " " + identity))}";

    /// <summary>The address of the server that it comes from is the host's own.</summary>
    public bool IsFromItself => Mount is { } mount
        && (mount.IsFromItself || (mount.ServerAddress is { } address && Host.Addresses.Value?.Contains(address) == true));
}

/// <summary>One path on two hosts.</summary>
internal sealed record TwoSights(PairFacts Pair, Sight Here, Sight There)
{
    public string Words => $"{Here.Words} here, {There.Words} there";

    public bool AreDevices => Here.File.IsBlockDevice && There.File.IsBlockDevice;

    public bool AreFiles => !Here.File.IsBlockDevice && !There.File.IsBlockDevice;

    public bool HaveOneInode => AreFiles && Here.File.Inode == There.File.Inode;

    public bool HaveOneSize => AreFiles && Here.File.SizeBytes == There.File.SizeBytes;

    /// <summary>Both on a mount of that kind, with the same inode and size.</summary>
    public bool Are(FileSystemKind kind) => Here.Mount?.Kind == kind && There.Mount?.Kind == kind;
}
