using CsCheck;

namespace XenMigrate.Tests;

/// <summary>Two storages are never taken for one, whatever they have in common: what vendors repeat, what copies have too, what is called alike.</summary>
public class SharedStoragePropertyTests
{
    private static readonly Gen<string?> s_repeatedName = Any<string?>(
        null, "eui.0000000000000000", "0x5000000000000000", "t10.ATA_QEMU_HARDDISK_QM00002", "?", "0x6001405aaaabbbbc", "naa.3000c500a1b2c3d4");

    private static readonly Gen<string[]> s_copied = Gen.Select(
        Any("", "SERIAL=QM00002", "SERIAL=00000000000000000001"),
        Any("", "UUID=9b8e-11"),
        Any("", "DM=LVM-abcabc", "DM=CRYPT-LUKS1-0123-web"),
        Any("", "PART=2048+4096", "MD=raid1"),
        (serial, uuid, mapping, layer) => new[] { serial, uuid, mapping, layer }.Where(word => word.Length > 0).ToArray());

    // Equal on both, or each its own.
    private static readonly Gen<(string[] Here, string[] There)> s_devices = Gen.Select(
        s_copied, Gen.Select(s_repeatedName, Gen.Bool), Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool), (common, repeated, own) =>
        {
            string[] Device(string digits, bool hasOwn) =>
            [
                .. common,
                .. repeated.Item1 is { } name ? new[] { (repeated.Item2 ? "WWN=" : "DISK=") + name } : [],
                .. hasOwn ? new[] { (own.Item3 ? "WWN=0x" : "DISK=naa.") + digits } : [],
            ];
            return (Device("5000c500a1b2c3d4", own.Item1), Device("5000c500d4c3b2a1", own.Item2));
        });

    private static readonly Gen<(Mount Here, Mount There)> s_mounts = Gen.Select(
        Any("ext4", "xfs", "zfs", "nfs", "nfs4", "cifs", "fuse.sshfs", "9p", "beegfs", "gpfs", "ceph", "lustre", "pvfs2", "fuse.mfs", "never-heard-of"),
        Any("/dev/mapper/vg-images", "nas:/vol", "//nas/vol", "beegfs_nodev", "localhost:/vol", "share"),
        Any(("10.0.0.1", "10.0.0.2"), ("127.0.0.1", "127.0.0.1"), ("nas", "nas"), ("fe80::1", "fe80::1"), ("192.168.122.1", "192.168.122.1")),
        (kind, source, addresses) =>
        {
            // A monitor is one cluster's, and no name of a host names it.
            string Source(string own) => kind switch
            {
                "ceph" => own + ":6789:/vol",
                "nfs" or "nfs4" => "nas:/vol",
                "beegfs" => "beegfs_nodev",
                "gpfs" => "/dev/gpfs0",
                // Each host is its own server.
                "lustre" => "0@lo:/vol",
                "pvfs2" => "tcp://localhost:3334/vol",
                "fuse.mfs" => "mfs#127.0.0.1:9421",
                _ => source,
            };
            Mount Of(string address) => new("0:36", "/", "/images", kind, Source(address == "nas" ? "localhost" : address), ["rw", "addr=" + address]);
            return (Of(addresses.Item1), Of(addresses.Item2));
        });

    private static readonly Gen<string> s_places = Gen.Select(
        Any("2f1c7a52-5d1c-11ee-8c99-0242ac120002", "99999999-5d1c-11ee-8c99-0242ac120002"), Any("data", "other"), Any("", "one"),
        (cluster, pool, space) => $"{cluster}/{pool}/{space}");

    [Fact]
    public void Two_devices_are_never_one() => s_devices.Sample(pair => !IsOne(pair.Here, pair.There));

    [Fact]
    public void Two_volumes_of_one_disk_are_never_one() => Any(
            ("DM=LVM-abc", "DM=LVM-def"), ("PART=2048+99", "PART=4096+99"), ("PART=2048+99", ""), ("DM=LVM-abc", "PART=2048+99"))
        .Sample(layers => !IsOne(
            [layers.Item1, "WWN=0x5000c500a1b2c3d4", "DISK=naa.5000c500a1b2c3d4"],
            [.. new[] { layers.Item2 }.Where(layer => layer.Length > 0), "DISK=naa.5000c500a1b2c3d4"]));

    [Fact]
    public void Two_files_of_one_name_inode_and_size_are_never_one() => s_mounts
        .Where(mounts => mounts.Here.FileSystem != "ceph" || mounts.Here.Source != mounts.There.Source)
        .Sample(mounts =>
        {
            DiskFile file = Facts.File("0:36");
            PairFacts pair = Facts.Disks(file, file, mounts.Here, mounts.There);
            pair = pair with { Source = Bridged(pair.Source), Destination = Bridged(pair.Destination) };
            return SharedStorage.Compare(pair, file, file).IsSame != true;
        });

    [Fact]
    public void Two_files_whose_objects_lie_apart_are_never_one() => Gen.Select(s_places, s_places, Gen.Bool)
        .Where((here, there, isFolded) => here != there || isFolded)
        .Sample((here, there, isFolded) =>
        {
            Mount mount = new("0:36", "/", "/images", "fuse.ceph-fuse", "ceph-fuse", ["rw"]);
            DiskFile File(string place) => Facts.File("0:36", inode: isFolded ? 1024UL : 0x10000000001UL) with { Identities = ["CEPH=" + place] };
            return SharedStorage.Compare(Facts.Disks(File(here), File(there), mount, mount), File(here), File(there)).IsSame != true;
        });

    /// <summary>Both hosts have the address of a network that begins and ends in each.</summary>
    private static HostFacts Bridged(HostFacts host) =>
        host with { Addresses = Facts.Known<IReadOnlyList<string>>(host.Host, [.. host.Addresses.Value!, "192.168.122.1"]) };

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static bool IsOne(string[] here, string[] there) =>
        SharedStorage.Compare(Facts.Good, Facts.Block("/dev/x", here), Facts.Block("/dev/x", there)).IsSame == true;
}
