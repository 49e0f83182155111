using System.Net;

namespace XenMigrate.Checks;

/// <summary>What two files of one path have in common.</summary>
internal static class FileEvidence
{
    /// <summary>One server has many names and addresses, and one name may be two servers; but one address is one server.</summary>
    public static Likeness Server(TwoSights sights)
    {
        if (!sights.Are(FileSystemKind.Served)
            || sights.Here.Mount is not { } here
            || sights.There.Mount is not { } there
            || here.IsNfs != there.IsNfs
            || !IsOneMachine(here.ServerAddress)
            // An address of both is of neither: each means itself.
            || (sights.Here.IsFromItself && sights.There.IsFromItself))
        {
            return Likeness.Unknown;
        }

        return here.ServerAddress == there.ServerAddress
            // On one address, two servers may listen on two ports.
            && here.ServerPort == there.ServerPort
            && here.PathOnServer(sights.Here.File.RealPath) is { } path
            && path == there.PathOnServer(sights.There.File.RealPath)
            ? Confirmed(sights)
            : Likeness.Unknown;
    }

    /// <summary>One host has the file on a disk of its own and exports it to the other.</summary>
    public static Likeness Export(TwoSights sights) =>
        (sights.Here.Mount, sights.There.Mount) switch
        {
            ({ Kind: FileSystemKind.OneHost }, { IsNfs: true }) => Export(sights, sights.Here, sights.There),
            ({ IsNfs: true }, { Kind: FileSystemKind.OneHost }) => Export(sights, sights.There, sights.Here),
            _ => Likeness.Unknown,
        };

    /// <summary>The members of a cluster name it alike. A name of the file system's kind alone, or of each host's own server, names nothing.</summary>
    public static Likeness Cluster(TwoSights sights)
    {
        if (!sights.Are(FileSystemKind.Cluster)
            || sights.Here.Mount is not { } here
            || sights.There.Mount is not { } there
            || here.FileSystem != there.FileSystem)
        {
            return Likeness.Unknown;
        }

        bool isOne = here.FileSystem == "ceph"
            ? CephSource.Of(here) is { } own && CephSource.Of(there) is { } other && own.IsOneWith(other)
            : here.Source == there.Source && NamesOne(here);
        return isOne ? Confirmed(sights) : Likeness.Unknown;
    }

    /// <summary>
    /// What a file of ceph holds lies in objects of its cluster's pool, called by its inode. A number within 32 bits is not the
    /// cluster's: it was made up, or folded.
    /// </summary>
    public static Likeness Objects(TwoSights sights)
    {
        string[] here = Place(sights.Here);
        string[] there = Place(sights.There);
        return !sights.AreFiles || here.Length == 0 || there.Length == 0 ? Likeness.Unknown
            : here[0] != there[0] ? Likeness.Different
            : here.SequenceEqual(there) && sights.Here.File.Inode > uint.MaxValue ? Confirmed(sights)
            : Likeness.Unknown;
    }

    /// <summary>What one host wrote in the folder the other read, and the path leads to the same file in it.</summary>
    public static Likeness Token(TwoSights sights) =>
        sights.HaveOneInode
        && TokenTest.FolderOf(sights.Here.File.Path) is { } folder
        && sights.Pair.Tokens?.TryGetValue(folder, out TokenRoundTrip? token) == true
        && token.IsShared == true
        && IsInItsFolder(sights.Here) && IsInItsFolder(sights.There)
            ? Likeness.Equal
            : Likeness.Unknown;

    /// <summary>The number is the server's or the cluster's own, and so the same wherever it is seen from; other file systems invent it.</summary>
    public static Likeness Inode(TwoSights sights) => !sights.AreFiles || !IsGiven(sights.Here) || !IsGiven(sights.There) ? Likeness.Unknown
        : sights.HaveOneInode ? Likeness.Equal
        // A kernel that is asked for it, or that is old and of 32 bits, folds a long number into a short one.
        : sights.Here.File.Inode > uint.MaxValue != sights.There.File.Inode > uint.MaxValue ? Likeness.Unknown
        : Likeness.Different;

    /// <summary>Two hosts that each have a file system for one host have two, or destroy the one.</summary>
    public static Likeness ForSeveral(TwoSights sights) => sights.Are(FileSystemKind.OneHost) ? Likeness.Different : Likeness.Unknown;

    private static Likeness Export(TwoSights sights, Sight server, Sight client) =>
        !client.IsFromItself
        && client.Mount is { } mount
        && NfsServer.Is(server.Host, mount) == true
        // Export paths of NFS 4 may hide where they begin on the server; inode and size are all there is then.
        && mount.PathOnServer(client.File.RealPath) == server.File.RealPath
            ? Confirmed(sights)
            : Likeness.Unknown;

    /// <summary>Cluster, pool, and namespace.</summary>
    private static string[] Place(Sight sight) => sight.File.Identities
        .Where(identity => BlockIdentities.Kind(identity) == BlockIdentities.Ceph)
        .Select(identity => BlockIdentities.Value(identity).Split('/'))
        .FirstOrDefault() ?? [];

    private static Likeness Confirmed(TwoSights sights) =>
        sights.HaveOneInode && sights.HaveOneSize ? Likeness.Equal : Likeness.Unknown;

    private static bool IsGiven(Sight sight) => sight.Mount is { } mount
        && (mount.IsNfs || mount.Kind == FileSystemKind.OneHost || (mount.Kind == FileSystemKind.Cluster && !mount.FileSystem.StartsWith("fuse.", StringComparison.Ordinal)));

    /// <summary>A symbolic link leads elsewhere than into the folder that was written to.</summary>
    private static bool IsInItsFolder(Sight sight) => sight.File.RealPath == sight.File.Path || sight.Mount?.Holds(sight.File.Path) == true;

    private static bool IsOneMachine(string? address) => IPAddress.TryParse(address, out IPAddress? parsed)
        && !IPAddress.IsLoopback(parsed) && !parsed.IsIPv6LinkLocal;

    /// <summary>A device that the cluster has, or a server; "beegfs_nodev" and "ceph-fuse" stand in every table of mounts.</summary>
    private static bool NamesOne(Mount mount) => mount.IsOnNetwork
        ? mount.Source.IndexOfAny([':', '@']) > 0
            && !LoopbackSource.Is(mount.Source)
        : mount.Source.StartsWith("/dev/", StringComparison.Ordinal);
}
