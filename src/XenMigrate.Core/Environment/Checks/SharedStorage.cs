using System;
using System.Linq;
using System.Net;
using XenMigrate.Environment.Facts;

namespace XenMigrate.Environment.Checks;

/// <summary>Whether a path means the same bytes on two hosts. Null if the hosts don't tell.</summary>
internal sealed record SharedStorage(bool? IsSame, string Reason)
{
    public static SharedStorage Compare(PairFacts pair, DiskFile here, DiskFile there)
    {
        if (here.IsBlockDevice != there.IsBlockDevice)
        {
            return new SharedStorage(false, "it is a block device on one host only");
        }

        if (here.IsBlockDevice)
        {
            return CompareDevices(here, there);
        }

        if (here.SizeBytes != there.SizeBytes)
        {
            return new SharedStorage(false, $"it has {here.SizeBytes} bytes here and {there.SizeBytes} there");
        }

        Mount? mountHere = MountedFile.MountOf(pair.Source, here);
        Mount? mountThere = MountedFile.MountOf(pair.Destination, there);
        return mountHere is null || mountThere is null
            ? new SharedStorage(null, "the mount that holds it was not found")
            : CompareFiles(pair, (here, mountHere), (there, mountThere));
    }

    private static SharedStorage CompareFiles(
        PairFacts pair, (DiskFile File, Mount Mount) here, (DiskFile File, Mount Mount) there)
    {
        // The inode is the server's own, so it is the same wherever a file system is seen from.
        if (here.File.Inode != there.File.Inode)
        {
            return new SharedStorage(
                false, $"inode {here.File.Inode} on {here.Mount.Source} here, inode {there.File.Inode} on {there.Mount.Source} there");
        }

        if (here.Mount.IsNfs && there.Mount.IsNfs)
        {
            if (here.Mount.IsFromItself || there.Mount.IsFromItself)
            {
                return new SharedStorage(null, $"{here.Mount.Source} here and {there.Mount.Source} there lead through a server on the host itself");
            }

            bool sameServer = here.Mount.ServerAddress is { } address && address == there.Mount.ServerAddress;
            bool samePath = here.Mount.PathOnServer(here.File.Path) == there.Mount.PathOnServer(there.File.Path);
            if (here.Mount.Source == there.Mount.Source || (sameServer && samePath))
            {
                return new SharedStorage(true, "the same NFS export, inode and size");
            }

            // Where a kernel shows a name for the address, two names may be one server's.
            bool isNamed = !(IPAddress.TryParse(here.Mount.ServerAddress, out _) && IPAddress.TryParse(there.Mount.ServerAddress, out _));
            return new SharedStorage(isNamed && samePath ? null : false, $"{here.Mount.Source} here, {there.Mount.Source} there");
        }

        if (there.Mount.IsNfs)
        {
            return CompareServerAndClient(pair.Source, here.File, there);
        }

        if (here.Mount.IsNfs)
        {
            return CompareServerAndClient(pair.Destination, there.File, here);
        }

        bool sameSource = here.Mount.Source == there.Mount.Source && here.Mount.FileSystem == there.Mount.FileSystem;
        return here.Mount.CanBeShared && sameSource
            ? new SharedStorage(true, $"the same {here.Mount.FileSystem}, inode and size")
            : new SharedStorage(
                false,
                $"{here.Mount.Source} ({here.Mount.FileSystem}) here, {there.Mount.Source} ({there.Mount.FileSystem}) there");
    }

    /// <summary>One host has the file on a disk of its own and exports it to the other.</summary>
    private static SharedStorage CompareServerAndClient(HostFacts server, DiskFile own, (DiskFile File, Mount Mount) client)
    {
        switch (client.Mount.IsFromItself ? false : NfsServer.Is(server, client.Mount))
        {
            case null:
                return new SharedStorage(null, $"whether {client.Mount.Source} is on {server.Host} is not known");
            case false:
                return new SharedStorage(false, $"{client.Mount.Source} is not on {server.Host}");
            default:
                // Export paths of NFS 4 may hide where they begin on the server; inode and size are all there is then.
                return client.Mount.PathOnServer(client.File.Path) == own.Path
                    ? new SharedStorage(true, $"exported by {server.Host}, the same inode and size")
                    : new SharedStorage(null, $"{client.Mount.Source} may or may not be {own.Path} of {server.Host}");
        }
    }

    private static SharedStorage CompareDevices(DiskFile here, DiskFile there)
    {
        ILookup<string, string> own = here.Identities.ToLookup(Kind);
        ILookup<string, string> other = there.Identities.ToLookup(Kind);
        string[] kinds = [.. own.Select(kind => kind.Key).Where(other.Contains)];

        if (kinds.Any(kind => !own[kind].Intersect(other[kind]).Any()))
        {
            return new SharedStorage(false, $"{string.Join(" ", here.Identities)} here, {string.Join(" ", there.Identities)} there");
        }

        // The uuid of a file system or the like lies on the device: a copy of the device has it too.
        return kinds.FirstOrDefault(kind => kind != "UUID") is { } proof
            ? new SharedStorage(true, own[proof].First())
            : new SharedStorage(null, "the device has no identity of its own that both hosts see");
    }

    private static string Kind(string identity) => identity.Split('=')[0];
}
