namespace XenMigrate.Tests;

/// <summary>What the checks of storage know beyond yes and no.</summary>
public class StorageCheckTests
{
    private static readonly GuestDisk s_drbd =
        new("xvdb", "r0", "raw", "drbd", ReadOnly: false, Removable: false) { Script = "block-drbd" };

    [Theory]
    [InlineData("xen-a.example.com", null)]
    [InlineData("a", true)]
    [InlineData("a.example.com", true)]
    [InlineData("10.77.0.7", true)]
    [InlineData("10.77.0.9", false)]
    public void The_server_of_a_mount_is_known_by_address_or_name(string address, bool? isServer) =>
        Assert.Equal(isServer, NfsServer.Is(Facts.Good.Source, Facts.Nfs(address: address)));

    [Fact]
    public void Without_device_numbers_the_path_tells_the_mount()
    {
        Mount[] mounts = [Facts.Local(device: "") with { FileSystem = "rootfs" }, Facts.Local(device: ""), Facts.Nfs(device: "")];
        HostFacts host = Facts.Good.Source with { Mounts = Facts.Known<IReadOnlyList<Mount>>("a", mounts) };

        Assert.Equal("nfs4", MountedFile.MountOf(host, Facts.File("0:22"))?.FileSystem);
        Assert.Equal("ext4", MountedFile.MountOf(host, Facts.File("8:1", path: "/srv/web.img"))?.FileSystem);
    }

    [Fact]
    public void A_path_that_leads_elsewhere_by_a_link_has_no_mount_there()
    {
        HostFacts host = Facts.Good.Source with
        {
            Mounts = Facts.Known<IReadOnlyList<Mount>>("a", [Facts.Local(device: ""), Facts.Nfs(device: "")]),
        };

        Assert.Null(MountedFile.MountOf(host, Facts.File("8:1")));
        Assert.Null(MountedFile.MountOf(host, Facts.File("0:22", path: "/srv/web.img")));
    }

    [Fact]
    public void A_disk_that_the_guest_only_reads_need_not_be_writable()
    {
        Guest guest = Facts.Guest with { Disk = [Facts.Guest.Disk[0] with { ReadOnly = true }] };

        Assert.Equal(CheckStatus.Passed, Result("XM-STO-04", Facts.Access(isWritable: false), guest).Status);
    }

    [Theory]
    [InlineData("raw", "phy", CheckStatus.Passed)]
    [InlineData("raw", "tap", CheckStatus.Passed)]
    [InlineData(null, null, CheckStatus.Passed)]
    [InlineData("raw", "file", CheckStatus.Warning)]
    [InlineData("vhd", "qdisk", CheckStatus.Warning)]
    public void What_caches_between_a_guest_and_its_disk_is_a_warning(string? format, string? backend, CheckStatus status)
    {
        Guest guest = Facts.Guest with { Disk = [new GuestDisk("xvda", Facts.Path, format, backend, false, false)] };

        Assert.Equal(status, Result("XM-STO-05", Facts.Good, guest).Status);
    }

    [Fact]
    public void A_file_system_that_keeps_hosts_in_step_may_hold_any_format()
    {
        Mount cluster = Facts.Local("253:1", "/images", "gfs2", "/dev/mapper/shared");
        PairFacts pair = Facts.Disks(Facts.File("253:1"), Facts.File("253:1"), cluster, cluster);
        Guest guest = Facts.Guest with { Disk = [Facts.Guest.Disk[0] with { Format = "qcow2" }] };

        Assert.Equal(CheckStatus.Passed, Result("XM-STO-05", pair, guest).Status);
    }

    [Fact]
    public void A_folder_where_the_disk_should_be_is_no_disk() => Assert.Equal(
        (CheckStatus.Failed, "directory"),
        (Folder().Status, Folder().Actual));

    private static CheckResult Folder() => Result("XM-STO-01", Facts.Disks(
        Facts.File("0:36"),
        DiskFile.FileQuestion("b", Facts.Path).Read([new CommandResult(0, "36 12909 4096 1763851234 directory\n", "")])));

    [Fact]
    public void A_disk_that_a_script_makes_is_not_looked_for_as_a_path()
    {
        Guest guest = Facts.Guest with { Disk = [Facts.Guest.Disk[0], s_drbd] };
        PairFacts pair = Facts.AtDestination(host => host with { Disks = With(host, "/etc/xen/scripts/block-drbd", exists: true) });

        CheckResult there = Result("XM-STO-01", pair, guest);
        CheckResult same = Result("XM-STO-02", pair, guest);

        Assert.Equal((CheckStatus.Warning, CheckStatus.Warning), (there.Status, same.Status));
        Assert.Contains("r0", there.Remediation, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Passed, Result("XM-STO-04", pair, guest).Status);
    }

    [Fact]
    public void A_script_that_the_destination_lacks_is_a_missing_disk()
    {
        Guest guest = Facts.Guest with { Disk = [s_drbd] };
        PairFacts pair = Facts.AtDestination(host => host with { Disks = With(host, "/etc/xen/scripts/block-drbd", exists: false) });

        CheckResult result = Result("XM-STO-01", pair, guest);

        Assert.Equal((CheckStatus.Failed, "DiskMissing"), (result.Status, result.ErrorId));
        Assert.Contains("/etc/xen/scripts/block-drbd", result.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_are_looked_for_where_disks_are_made_by_them()
    {
        Wanted wanted = Wanted.By([Facts.Guest with { Disk = [Facts.Guest.Disk[0], s_drbd] }]);

        Assert.Equal([Facts.Path], wanted.Disks);
        Assert.Equal([Facts.Path, "/etc/xen/scripts/block-drbd"], wanted.Files);
    }

    private static Dictionary<string, Answer<DiskFile>> With(HostFacts host, string path, bool exists) =>
        new(host.Disks.ToDictionary(disk => disk.Key, disk => disk.Value))
        {
            [path] = Facts.Known("b", new DiskFile { Path = path, Exists = exists }),
        };

    private static CheckResult Result(string id, PairFacts pair, Guest? guest = null) => Assert.Single(
        CheckRunner.Examine(pair, guest ?? Facts.Guest, new Moving(Live: true), CheckSelection.Everything), result => result.Id == id);
}
