namespace XenMigrate.Tests;

/// <summary>What the checks of storage know beyond yes and no.</summary>
public class StorageCheckTests
{
    private static readonly GuestDisk s_drbd =
        new("xvdb", "r0", "raw", "drbd", ReadOnly: false, Removable: false) { Script = "block-drbd" };

    [Fact]
    public void Without_consent_nothing_is_written_and_the_check_says_how_to_give_it()
    {
        CheckResult result = Result("XM-STO-03", Facts.Good with { Tokens = null });

        Assert.Equal(CheckStatus.Skipped, result.Status);
        Assert.Contains("-IncludeWriteTest", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_without_files_needs_no_token() => Assert.Equal(
        CheckStatus.Skipped, Result("XM-STO-03", Facts.Good, Facts.Guest.WithDisk("/dev/vg/web")).Status);

    [Fact]
    public void A_folder_that_was_not_tried_stays_open() => Assert.Equal(
        CheckStatus.Unknown, Result("XM-STO-03", Facts.Good, Facts.Guest.WithDisk("/other/web.img")).Status);

    [Fact]
    public void A_token_proves_what_names_of_servers_leave_open()
    {
        PairFacts pair = Facts.Disks(
            Facts.File("254:0"), Facts.File("0:36"), Facts.Local(), Facts.Nfs("a:/")) with
        { Tokens = null };

        Assert.Equal(CheckStatus.Unknown, Result("XM-STO-02", pair).Status);
        Assert.Equal(CheckStatus.Passed, Result("XM-STO-02", pair with { Tokens = Facts.Tokens(Facts.RoundTrip()) }).Status);
    }

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

    [Fact]
    public void A_disk_that_may_not_be_written_by_nfs_comes_with_the_export_to_mend() => Assert.Contains(
        "no_root_squash", Result("XM-STO-04", Facts.Access(isWritable: false)).Remediation, StringComparison.Ordinal);

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
    public void How_a_third_server_exports_is_open_and_stops_no_move()
    {
        CheckResult result = Result("XM-STO-06", Facts.Disks(
            Facts.File("0:36"), Facts.File("0:36"), Facts.Nfs("nas:/vol", "10.77.0.1"), Facts.Nfs("nas:/vol", "10.77.0.1")));

        Assert.Equal((CheckStatus.Unknown, CheckSeverity.Warning), (result.Status, result.Severity));
        Assert.Contains("exportfs -v", result.Remediation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.77.0.8", CheckStatus.Passed)]
    [InlineData("b", CheckStatus.Passed)]
    [InlineData("10.77.0.0/24", CheckStatus.Passed)]
    [InlineData("10.77.0.0/255.255.255.0", CheckStatus.Passed)]
    [InlineData("10.77.1.0/24", CheckStatus.Failed)]
    [InlineData("*.example.com", CheckStatus.Unknown)]
    [InlineData("@xenhosts", CheckStatus.Unknown)]
    public void Of_several_entries_the_one_that_names_the_client_most_closely_counts(string client, CheckStatus status)
    {
        PairFacts pair = Facts.AtSource(host => host with
        {
            Storage = host.Storage with
            {
                Exports = Facts.Known<IReadOnlyList<NfsExport>>(
                    "a", [new("/images", "<world>", ["rw", "sync", "root_squash"]), new("/images", client, ["rw", "sync", "no_root_squash"])]),
            },
        });

        Assert.Equal(status, Result("XM-STO-06", pair).Status);
    }

    [Fact]
    public void Exports_that_a_host_does_not_tell_are_not_right_for_that()
    {
        PairFacts pair = Facts.Disks(Facts.Block(Facts.Path, "WWN=1"), Facts.Block(Facts.Path, "WWN=1"));

        Assert.Equal(CheckStatus.Passed, Result("XM-STO-06", pair).Status);
        Assert.Equal(
            CheckStatus.Unknown,
            Result("XM-STO-06", pair with { Destination = pair.Destination with { Storage = StorageFacts.None("b", "no route") } }).Status);
    }

    [Fact]
    public void A_folder_where_the_disk_should_be_is_no_disk() => Assert.Equal(
        (CheckStatus.Failed, "directory"),
        (Folder().Status, Folder().Actual));

    private static CheckResult Folder() => Result("XM-STO-01", Facts.Disks(
        Facts.File("0:36"),
        DiskFile.FileQuestion("b", Facts.Path).Read([new CommandResult(0, "36 12909 4096 1763851234 directory\n", "")])));

    [Fact]
    public void An_export_that_is_not_listed_stays_open() =>
        Assert.Equal(CheckStatus.Unknown, Result("XM-STO-06", Facts.Exporting("/other", "*", "sync", "no_root_squash")).Status);

    [Theory]
    [InlineData(true, true, CheckStatus.Passed)]
    [InlineData(true, false, CheckStatus.Failed)]
    public void Guests_that_both_say_so_may_share_a_disk(bool own, bool others, CheckStatus status)
    {
        Guest guest = Facts.Guest with { Disk = [Facts.Guest.Disk[0] with { Shared = own }] };
        Guest other = A.Guest("other", 9, uuid: Guid.NewGuid()) with { Disk = [Facts.Guest.Disk[0] with { Shared = others }] };

        Assert.Equal(status, Result("XM-STO-07", Holding(other), guest).Status);
    }

    [Theory]
    [InlineData("cat: Permission denied")]
    [InlineData("cat: Stale file handle")]
    public void A_token_that_the_other_host_can_not_read_proves_nothing(string error)
    {
        CheckResult result = Result("XM-STO-03", Facts.Good with
        {
            Tokens = Facts.Tokens(Facts.RoundTrip(read: Facts.Known("b", new CommandResult(1, "", error)))),
        });

        Assert.Equal(CheckStatus.Unknown, result.Status);
        Assert.Contains(error, result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5 22 fd:3 block special file", "5 23 fd:3 block special file", CheckStatus.Failed)]
    [InlineData("36 12909 0:0 regular file", "36 12909 0:0 regular file", CheckStatus.Failed)]
    [InlineData("64768 12909 0:0 regular file", "64769 12909 0:0 regular file", CheckStatus.Passed)]
    [InlineData("36 12909 0:0 regular file", "37 12909 0:0 regular file", CheckStatus.Warning)]
    [InlineData("5 22 fd:3 block special file", "5 23 fd:4 block special file", CheckStatus.Passed)]
    [InlineData("5 22 fd:3 block special file", "No such file or directory", CheckStatus.Passed)]
    [InlineData("5 22 fd:3 block special file", "Stale file handle", CheckStatus.Warning)]
    [InlineData("5 22 fd:3 block special file", null, CheckStatus.Warning)]
    public void A_disk_by_another_name_is_the_same_disk(string own, string? taken, CheckStatus status)
    {
        PairFacts pair = Holding(A.Guest("other", 9, uuid: Guid.NewGuid()).WithDisk("/dev/mapper/vg-web"));
        Dictionary<string, Answer<DiskNode>> nodes = new[] { (Path: Facts.Path, Told: own), (Path: "/dev/mapper/vg-web", Told: taken) }
            .Where(node => node.Told is not null)
            .ToDictionary(node => node.Path, node => Node(node.Path, node.Told!));
        pair = pair with { Destination = pair.Destination with { Nodes = nodes } };

        CheckResult result = Result("XM-STO-07", pair);

        Assert.True(result.Status == status, result.ToString());
        Assert.True(status == CheckStatus.Passed || result.Message.Contains("/dev/mapper/vg-web", StringComparison.Ordinal), result.Message);
    }

    private static Answer<DiskNode> Node(string path, string told)
    {
        bool isThere = told.EndsWith("file", StringComparison.Ordinal);
        try
        {
            return Facts.Known("b", DiskNode.Question("b", path).Read([new CommandResult(isThere ? 0 : 1, isThere ? told : "", isThere ? "" : $"stat: cannot stat '{path}': {told}")]));
        }
        catch (RemoteCommandFailedException)
        {
            return Facts.NotKnown<DiskNode>("b");
        }
    }

    [Fact]
    public void A_copy_of_the_guest_itself_is_not_another_guest() =>
        Assert.Equal(CheckStatus.Passed, Result("XM-STO-07", Holding(Facts.Guest with { Id = 9, ComputerName = "b" })).Status);

    [Fact]
    public void Two_guests_may_read_one_disk()
    {
        GuestDisk cd = Facts.Guest.Disk[0] with { ReadOnly = true };

        Assert.Equal(
            CheckStatus.Passed,
            Result("XM-STO-07", Holding(A.Guest("other", 9, uuid: Guid.NewGuid()) with { Disk = [cd] }), Facts.Guest with { Disk = [cd] }).Status);
    }

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

    private static PairFacts Holding(Guest guest) =>
        Facts.AtDestination(host => host with { Guests = Facts.Known<IReadOnlyList<Guest>>("b", [guest]) });

    private static CheckResult Result(string id, PairFacts pair, Guest? guest = null) => Assert.Single(
        CheckRunner.Examine(pair, guest ?? Facts.Guest, new Moving(Live: true), CheckSelection.Everything), result => result.Id == id);
}
