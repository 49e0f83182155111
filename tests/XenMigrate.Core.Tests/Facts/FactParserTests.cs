namespace XenMigrate.Tests;

public class FactParserTests
{
    [Fact]
    public void A_mount_is_read_with_its_server()
    {
        Mount nfs = Mounts.Parse(Fixture.Text("mountinfo.nfs-client.txt"))[^1];

        Assert.Equal(("0:36", "/var/lib/libvirt/images", "nfs4"), (nfs.Device, nfs.MountPoint, nfs.FileSystem));
        Assert.Equal(("et-virt07:/var/lib/libvirt/images", "10.77.0.7"), (nfs.Source, nfs.ServerAddress));
        Assert.Equal("/var/lib/libvirt/images/testvm1.img", nfs.PathOnServer("/var/lib/libvirt/images/testvm1.img"));
        Assert.True(nfs is { IsNfs: true, CanBeShared: true });
    }

    [Fact]
    public void White_space_in_a_path_is_unescaped()
    {
        Mount mount = Assert.Single(Mounts.Parse(@"1 2 0:3 /a\134b /mnt/my\040images rw - ext4 /dev/vda\011 rw" + "\n"));

        Assert.Equal((@"/a\b", "/mnt/my images", "/dev/vda\t"), (mount.Root, mount.MountPoint, mount.Source));
    }

    [Fact]
    public void Any_number_of_optional_fields_is_skipped() => Assert.Equal(
        ["ext4", "ext4", "ext4"],
        Mounts.Parse(
            "1 2 0:3 / / rw - ext4 x rw\n1 2 0:3 / / rw shared:1 - ext4 x rw\n1 2 0:3 / / rw shared:1 master:2 - ext4 x rw\n")
            .Select(mount => mount.FileSystem));

    [Theory]
    [InlineData("no mount")]
    [InlineData("1 2 0:3 / / rw ext4 x rw")]
    public void A_line_that_is_no_mount_is_not_understood(string line) =>
        Assert.Throws<OutputNotUnderstoodException>(() => Mounts.Parse(line));

    [Fact]
    public void Bridges_are_read_by_name() => Assert.Equal(
        ["xenbr1", "br0.42"],
        Bridges.ParseLinux("3: xenbr1: <BROADCAST,UP> mtu 1500\n5: br0.42@eth0: <UP> mtu 1500\n"));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(127, 1)]
    public void Open_vswitch_adds_its_own_bridges_where_it_is_there(int exitCode, int count) => Assert.Equal(
        count,
        Bridges.Question("a").Read(
            [new CommandResult(0, "3: xenbr1: <UP>\n", ""), new CommandResult(0, "", ""), new CommandResult(exitCode, "ovs0\n", "")]).Count);

    [Fact]
    public void Bridges_that_can_not_be_asked_for_are_no_empty_list() => Assert.Throws<RemoteCommandFailedException>(() =>
        Bridges.Question("a").Read([new CommandResult(1, "", "Operation not permitted"), new CommandResult(127, "", ""), new CommandResult(0, "ovs0\n", "")]));

    [Fact]
    public void Addresses_are_read_without_their_prefix() => Assert.Equal(
        ["127.0.0.1", "::1", "10.77.0.7", "fe80::5054:ff:fe77:7"],
        Addresses.Parse(
            "1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever\n1: lo    inet6 ::1/128 scope host\n" +
            "2: eth1    inet 10.77.0.7/24 brd 10.77.0.255 scope global eth1\n2: eth1    inet6 fe80::5054:ff:fe77:7/64 scope link\n"));

    [Fact]
    public void The_links_that_an_old_ip_lists_among_the_addresses_are_passed_over() => Assert.Equal(
        ["127.0.0.1"],
        Addresses.Parse("1: lo: <LOOPBACK,UP> mtu 16436 qdisc noqueue \\    link/loopback 00:00:00:00:00:00\n1: lo    inet 127.0.0.1/8 scope host lo\n"));

    [Theory]
    [InlineData("")]
    [InlineData("2: eth1: <UP> mtu 1500\n")]
    [InlineData("Last login: today\n1: lo    inet 127.0.0.1/8 scope host lo\n")]
    public void A_host_without_an_address_is_none(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => Addresses.Parse(output));

    [Theory]
    [InlineData("bridge name     bridge id               STP enabled     interfaces\nWelcome to a\n")]
    [InlineData("xenbr1 8000.feff no peth1\n")]
    public void A_line_that_is_no_bridge_of_brctls_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => Bridges.ParseOld(output));

    [Fact]
    public void A_line_that_is_no_bridge_of_open_vswitchs_is_not_understood() =>
        Assert.Throws<OutputNotUnderstoodException>(() => Bridges.ParseOpenVSwitch("ovs0\ncould not be opened\n"));

    [Fact]
    public void A_line_that_is_no_socket_is_not_understood() =>
        Assert.Throws<OutputNotUnderstoodException>(() => Listeners.Parse("COMMAND PID\nlsof: Zugriff verweigert\n"));

    [Theory]
    [InlineData("Device does not exist.")]
    [InlineData("lsblk: Datei nicht gefunden")]
    [InlineData("x WWN=\"0x5\"")]
    [InlineData("DM=No devices found")]
    [InlineData("LVM-abc")]
    [InlineData("WWN=\"0x5\"\nSERIAL=\"0x6\"")]
    public void What_two_hosts_may_say_alike_is_no_identity_of_a_device(string output) =>
        Assert.Empty(BlockIdentities.Parse(output));

    [Theory]
    [InlineData("65024 12909 16777216 1763851234 regular file", "254:0", false)]
    [InlineData("36 12909 16777216 1763851234 regular file", "0:36", false)]
    [InlineData("6 400 0 1763851234 block special file", "0:6", true)]
    [InlineData("66305 2 0 -1 regular empty file", "259:1", false)]
    public void A_disk_is_known_by_device_and_inode(string output, string device, bool isBlockDevice)
    {
        DiskFile file = DiskFile.FileQuestion("a", "/x").Read([new CommandResult(0, output + "\n", "")]);

        Assert.Equal((true, device, isBlockDevice), (file.Exists, file.Device, file.IsBlockDevice));
    }

    [Fact]
    public void A_block_device_has_the_identities_that_its_tools_tell()
    {
        DiskFile file = DiskFile.Question("a", "/dev/x").Read(
        [
            new CommandResult(0, "6 400 0 1763851234 block special file\n", ""),
            new CommandResult(0, "/dev/sda\n", ""),
            new CommandResult(0, "WWN=\"0x5000c500\" SERIAL=\"\" UUID=\"ab cd\"\nDM=LVM-abc\nDM=LVM-abc\nPART=2048+4096\nDISK=naa.5000c500\n", ""),
        ]);

        Assert.Equal("/dev/sda", file.RealPath);
        Assert.Equal(["WWN=0x5000c500", "UUID=ab cd", "DM=LVM-abc", "PART=2048+4096", "DISK=naa.5000c500"], file.Identities);
    }

    [Theory]
    [InlineData("stat: cannot statx '/x': No such file or directory", true)]
    [InlineData("stat: cannot statx '/x': Not a directory", true)]
    [InlineData("stat: cannot statx '/x': Permission denied", false)]
    [InlineData("stat: cannot statx '/x': Stale file handle", false)]
    public void Only_a_file_that_is_not_there_is_missing(string error, bool missing)
    {
        CommandResult stat = new(1, "", error);

        if (missing)
        {
            Assert.False(DiskFile.FileQuestion("a", "/x").Read([stat]).Exists);
            return;
        }

        _ = Assert.Throws<RemoteCommandFailedException>(() => DiskFile.FileQuestion("a", "/x").Read([stat]));
    }

    [Theory]
    [InlineData("xenmigrate-probe boot-b /usr/sbin/xl\n", "", "boot-b", "/usr/sbin/xl")]
    [InlineData("Welcome!\nxenmigrate-probe boot-b /usr/sbin/xl\n", "Welcome!\n", "boot-b", "/usr/sbin/xl")]
    [InlineData("xenmigrate-probe boot-b \n", "", "boot-b", null)]
    [InlineData("xenmigrate-probe  /usr/sbin/xl\n", "", null, "/usr/sbin/xl")]
    [InlineData("", "", null, null)]
    [InlineData("Welcome!\n", "Welcome!\n", null, null)]
    public void A_probe_tells_noise_machine_and_xl_apart(string output, string noise, string? bootId, string? xl) => Assert.Equal(
        new SshProbe(0, noise, bootId, xl, "said"), SshProbe.Question("b").Read([new CommandResult(0, output, " said\n")]));

    [PosixFact]
    public async Task A_probe_survives_the_shells_on_its_way()
    {
        using TemporaryFolder folder = new();
        // An ssh that joins its words and hands them to a shell, as the real one does.
        folder.WriteScript("ssh", """while [ "$1" != b ]; do shift; done; shift; exec sh -c "$*" """);
        folder.WriteScript("xl", "true");

        CommandResult result = await LocalShell.RunAsync(SshProbe.Command("b"), folder.Path);
        SshProbe probe = SshProbe.Question("b").Read([result]);

        Assert.Equal((0, "", $"{folder.Path}/xl"), (probe.ExitCode, probe.Noise, probe.XlPath));
        Assert.Equal(System.IO.File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), probe.BootId);
    }

    [Fact]
    public void Brctls_table_tells_bridges_and_not_their_interfaces() => Assert.Equal(
        ["xenbr1", "virbr0"],
        Bridges.ParseOld(
            "bridge name     bridge id               STP enabled     interfaces\nxenbr1          8000.feffffffffff       no              peth1\n"
            + "vif0.1\n\t\t\t\t\t\t\tvif3.0\nvirbr0          8000.000000000000       yes\n"));

    [Fact]
    public void Where_ip_is_too_old_brctl_is_asked() => Assert.Equal(
        ["xenbr1"],
        Bridges.Question("a").Read(
        [
            new CommandResult(255, "", "unknown"),
            new CommandResult(0, "bridge name bridge id STP enabled interfaces\nxenbr1\t8000.feffffffffff\tno\tpeth1\n", ""),
            new CommandResult(127, "", ""),
        ]));

    [Fact]
    public void Listeners_are_read_and_other_lines_are_not()
    {
        IReadOnlyList<Listener> listeners = Listeners.Parse(
            "COMMAND  PID  USER   FD   TYPE  DEVICE SIZE NODE NAME\npython 3445 root 14u IPv4 10223 TCP *:8002 (LISTEN)\n"
            + "sshd 1 root 3u IPv6 1 0t0 TCP [::1]:22 (LISTEN)\nssh 2 root 3u IPv4 1 0t0 TCP 10.0.0.7:40000->10.0.0.8:22 (ESTABLISHED)\n");

        Assert.Equal([new Listener("*", 8002, "python"), new Listener("[::1]", 22, "sshd")], listeners);
        Assert.Equal([false, true], listeners.Select(listener => listener.IsLocal));
    }

    [Theory]
    [InlineData(1, "", 0)]
    [InlineData(0, "x 1 r 1u IPv4 1 0t0 TCP *:1 (LISTEN)\n", 1)]
    public void Lsof_that_finds_nothing_ends_with_1(int exitCode, string output, int count) => Assert.Equal(
        count, Listeners.Question("a").Read([new CommandResult(exitCode, output, "")]).Count);

    [Fact]
    public void Lsof_that_is_missing_tells_nothing() => Assert.Throws<RemoteCommandFailedException>(() =>
        Listeners.Question("a").Read([new CommandResult(127, "", "sh: lsof: command not found")]));
}
