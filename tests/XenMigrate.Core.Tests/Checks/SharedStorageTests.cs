namespace XenMigrate.Tests;

public class SharedStorageTests
{
    private const string Device = "/dev/mapper/vg-web";

    [Fact]
    public void One_export_mounted_by_both_is_shared() => Assert.True(
        Files(Facts.File("0:36"), Facts.File("0:41"), Facts.Nfs("nas:/vol"), Facts.Nfs("nas:/vol", device: "0:41")));

    [Fact]
    public void One_export_by_two_names_of_one_server_is_shared() => Assert.True(
        Files(Facts.File("0:36"), Facts.File("0:36"), Facts.Nfs("nas:/vol"), Facts.Nfs("nas.example.org:/vol")));

    [Fact]
    public void Two_exports_of_a_server_with_files_of_one_inode_can_not_be_told_from_one() => Assert.Null(
        Files(Facts.File("0:36"), Facts.File("0:36"), Facts.Nfs("nas:/vol1"), Facts.Nfs("nas:/vol2")));

    [Fact]
    public void The_same_path_by_two_addresses_may_be_one_server() => Assert.Null(
        Files(Facts.File("0:36"), Facts.File("0:36"), Facts.Nfs("nas1:/vol", "10.0.0.1"), Facts.Nfs("nas2:/vol", "10.0.0.2")));

    [Fact]
    public void A_server_and_its_client_share_what_is_exported() => Assert.True(
        Files(Facts.File("254:0"), Facts.File("0:36"), Facts.Local(), Facts.Nfs()));

    [Fact]
    public void A_client_and_its_server_share_it_too() => Assert.True(Files(
        Facts.File("0:36"), Facts.File("254:0"), Facts.Nfs("b:/images", "10.77.0.8"), Facts.Local()));

    [Fact]
    public void The_client_of_another_address_may_go_by_a_way_round_to_the_server() => Assert.Null(
        Files(Facts.File("254:0"), Facts.File("0:36"), Facts.Local(), Facts.Nfs("nas:/images", "10.0.0.1")));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void What_a_host_mounts_from_itself_may_come_through_a_tunnel(string address) => Assert.Null(
        Files(Facts.File("254:0"), Facts.File("0:36"), Facts.Local(), Facts.Nfs("localhost:/images", address)));

    [Fact]
    public void Two_clients_of_themselves_can_not_be_told_from_two_of_one_server() => Assert.Null(Files(
        Facts.File("0:36"), Facts.File("0:36"), Facts.Nfs("localhost:/vol", "127.0.0.1"), Facts.Nfs("localhost:/vol", "127.0.0.1")));

    [Fact]
    public void An_export_whose_path_begins_elsewhere_on_the_server_stays_open() => Assert.Null(
        Files(Facts.File("254:0"), Facts.File("0:36"), Facts.Local(), Facts.Nfs("a:/")));

    [Fact]
    public void Local_copies_with_the_same_inode_are_not_shared() => Assert.False(
        Files(Facts.File("254:0"), Facts.File("254:0"), Facts.Local(), Facts.Local()));

    [Fact]
    public void A_cluster_file_system_is_shared_by_those_who_mount_it() => Assert.True(Files(
        Facts.File("253:1"),
        Facts.File("253:4"),
        Facts.Local("253:1", "/images", "ocfs2", "/dev/mapper/shared"),
        Facts.Local("253:4", "/images", "ocfs2", "/dev/mapper/shared")));

    [Theory]
    [InlineData(1UL, 16777216L, false)]
    [InlineData(12909UL, 16781312L, null)]
    public void Another_inode_is_another_file_and_another_size_may_be_that_of_one_that_grows(ulong inode, long size, bool? same) => Assert.Equal(
        same,
        Files(Facts.File("0:36"), Facts.File("0:36", inode, size), Facts.Nfs("nas:/vol"), Facts.Nfs("nas:/vol")));

    [Fact]
    public void An_address_that_both_hosts_have_is_two_servers()
    {
        PairFacts pair = Facts.Disks(Facts.File("0:36"), Facts.File("0:36"), Facts.Nfs("nas:/vol", "192.168.122.1"), Facts.Nfs("nas:/vol", "192.168.122.1"));
        pair = pair with { Source = With(pair.Source), Destination = With(pair.Destination) };

        Assert.Null(SharedStorage.Compare(pair, Facts.File("0:36"), Facts.File("0:36")).IsSame);

        static HostFacts With(HostFacts host) => host with
        {
            Addresses = Facts.Known<IReadOnlyList<string>>(host.Host, [.. host.Addresses.Value!, "192.168.122.1"]),
        };
    }

    [Theory]
    [InlineData("fuse.sshfs", "root@nas:/vol")]
    [InlineData("beegfs", "beegfs_nodev")]
    [InlineData("fuse.glusterfs", "localhost:/gv0")]
    [InlineData("nothing_known", "nas:/vol")]
    public void A_mount_whose_source_names_no_server_or_whose_kind_is_not_known_stays_open(string fileSystem, string source) => Assert.Null(Files(
        Facts.File("0:36"), Facts.File("0:36"), Facts.Local("0:36", "/images", fileSystem, source), Facts.Local("0:36", "/images", fileSystem, source)));

    [Fact]
    public void A_cluster_file_system_that_is_mounted_for_one_host_is_not_shared() => Assert.False(Files(
        Facts.File("253:1"),
        Facts.File("253:1"),
        Facts.Local("253:1", "/images", "gfs2", "/dev/mapper/x") with { Options = ["rw", "lockproto=lock_nolock"] },
        Facts.Local("253:1", "/images", "gfs2", "/dev/mapper/x") with { Options = ["rw", "lockproto=lock_nolock"] }));

    [Fact]
    public void A_file_whose_mount_is_not_listed_stays_open() => Assert.Null(
        Files(Facts.File("9:9"), Facts.File("0:36"), Facts.Local(), Facts.Nfs()));

    [Fact]
    public void The_mount_with_the_longest_path_holds_the_file()
    {
        DiskFile file = Facts.File("0:36", path: "/mnt/ab/web.img");
        PairFacts pair = Facts.Disks(Facts.File("254:0", path: "/mnt/ab/web.img"), file, Facts.Local());
        pair = pair with
        {
            Destination = pair.Destination with
            {
                // All three are one file system; /mnt/a leads to another folder of it, though its text begins the path.
                Mounts = Facts.Known<IReadOnlyList<Mount>>(
                    "b", [Facts.Nfs("a:/mnt", mountPoint: "/mnt"), Facts.Nfs("a:/other", mountPoint: "/mnt/a")]),
            },
        };

        SharedStorage verdict = SharedStorage.Compare(pair, Facts.File("254:0", path: "/mnt/ab/web.img"), file);

        Assert.True(verdict.IsSame, verdict.Reason);
    }

    [Fact]
    public void A_bind_mount_within_another_holds_the_file()
    {
        DiskFile file = Facts.File("0:36", path: "/mnt/a/web.img");
        PairFacts pair = Facts.Disks(Facts.File("254:0", path: "/mnt/a/web.img"), file, Facts.Local());
        pair = pair with
        {
            Destination = pair.Destination with
            {
                Mounts = Facts.Known<IReadOnlyList<Mount>>(
                    "b", [Facts.Nfs("a:/", mountPoint: "/mnt"), Facts.Nfs("a:/mnt/a", mountPoint: "/mnt/a")]),
            },
        };

        Assert.True(SharedStorage.Compare(pair, Facts.File("254:0", path: "/mnt/a/web.img"), file).IsSame);
    }

    [Theory]
    [InlineData("WWN=0x5000c500a1b2c3d4", "WWN=0x5000c500a1b2c3d4", true)]
    [InlineData("WWN=0x5000c500a1b2c3d4", "DISK=naa.5000c500a1b2c3d4", true)]
    [InlineData("DISK=36001405aaaabbbbccccddddeeee0123f DISK=?", "DISK=36001405aaaabbbbccccddddeeee0123f DISK=?", null)]
    [InlineData("WWN=0x5000c500a1b2c3d4", "WWN=0x5000c500a1b2c3d5", false)]
    [InlineData("DM=LVM-abc DISK=naa.5000c500a1b2c3d4", "DM=LVM-abc DISK=naa.5000c500a1b2c3d4", true)]
    [InlineData("DM=LVM-abc DISK=naa.5000c500a1b2c3d4", "DM=LVM-abc DISK=naa.5000c500a1b2c3d5", false)]
    [InlineData("DM=LVM-abc", "DM=LVM-abc", null)]
    [InlineData("DM=LVM-abc UUID=1", "DM=LVM-def UUID=1", false)]
    [InlineData("DM=mpath-36001405aaaabbbbccccddddeeee0123f", "DISK=naa.6001405aaaabbbbccccddddeeee0123f", true)]
    [InlineData("PART=2048+99 DISK=naa.5000c500a1b2c3d4", "PART=4096+99 DISK=naa.5000c500a1b2c3d4", null)]
    [InlineData("DISK=t10.ATA_QEMU_HARDDISK_QM00002", "DISK=t10.ATA_QEMU_HARDDISK_QM00002", null)]
    [InlineData("UUID=1", "UUID=1", null)]
    [InlineData("UUID=1", "UUID=2", null)]
    [InlineData("SERIAL=1", "SERIAL=2", null)]
    [InlineData("WWN=0x5000c500a1b2c3d4", "DM=LVM-abc", null)]
    [InlineData("", "", null)]
    public void Devices_are_compared_by_what_they_are_and_not_by_what_is_on_them(string here, string there, bool? same)
    {
        DiskFile own = Facts.Block(Device, Words(here));
        DiskFile other = Facts.Block(Device, Words(there));

        Assert.Equal(same, SharedStorage.Compare(Facts.Good, own, other).IsSame);
    }

    [Fact]
    public void A_file_here_and_a_device_there_are_not_shared() => Assert.False(
        SharedStorage.Compare(Facts.Good, Facts.File("254:0"), Facts.Block(Facts.Path)).IsSame);

    private static bool? Files(DiskFile here, DiskFile there, Mount mountHere, Mount mountThere) =>
        SharedStorage.Compare(Facts.Disks(here, there, mountHere, mountThere), here, there).IsSame;

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
