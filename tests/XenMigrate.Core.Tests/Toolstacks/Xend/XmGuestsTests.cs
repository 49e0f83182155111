namespace XenMigrate.Tests;

public class XmGuestsTests
{
    private static readonly CommandResult s_table = new(0, Fixture.Text("xm-list.3.1.txt"), "");
    private static readonly CommandResult s_details = new(0, Fixture.Text("xm-list-long.3.1.txt"), "");

    [Fact]
    public void A_guest_is_joined_from_table_and_details()
    {
        Guest guest = Read(s_table, s_details)[2];

        Assert.Equal(("testvm1", 3, A.Uuid), (guest.Name, guest.Id, guest.Uuid));
        Assert.Equal((GuestState.Blocked, GuestState.Blocked, GuestType.PV), (guest.State, guest.Activity, guest.Type));
        Assert.Equal((256, 512, 1, 2), (guest.MemoryMB, guest.MaximumMemoryMB, guest.VCpu, guest.MaximumVCpu));
        Assert.Equal(TimeSpan.FromSeconds(12.3), guest.CpuTime);
        Assert.Equal((ToolstackKind.Xend, true, true), (guest.Toolstack, guest.IsDescribed, guest.Migratable));
        Assert.Equal(
            [
                new GuestDisk("xvda", "/var/lib/libvirt/images/testvm1.dsk", "raw", "file", ReadOnly: false, Removable: false),
                new GuestDisk("hdc", "/dev/cdrom", "raw", "phy", ReadOnly: true, Removable: true),
                new GuestDisk("xvdb", "/images/b.qcow", "qcow", "tap", ReadOnly: false, Removable: false),
            ],
            guest.Disk);
        Assert.Equal([new GuestNetworkInterface("00:16:3e:77:00:66", "xenbr1", "vif-bridge")], guest.NetworkInterface);
    }

    [Fact]
    public void A_guest_whose_memory_did_not_all_come_in_is_no_guest_that_could_be_woken()
    {
        const string Table = "Name                                        ID   Mem VCPUs      State   Time(s)\n"
            + "Domain-0                                     0   512     1     r-----     99.0\ntestvm1                                     11    96     0     --p---      0.0\n";

        Guest half = Read(new CommandResult(0, Table, ""), new CommandResult(0, "", ""))[1];

        Assert.Equal((GuestState.Incoming, GuestState.Paused, false), (half.State, half.Activity, half.Migratable));
        Assert.Equal("testvm1", half.OwnName());
    }

    [Theory]
    [InlineData("(nomigrate 1) (tsc_mode 2)", true, false, "native")]
    [InlineData("(nomigrate 0) (tsc_mode 0) (nestedhvm 1)", false, true, "default")]
    [InlineData("(nomigrate) (tsc_mode 9)", false, false, null)]
    [InlineData("", false, false, null)]
    public void What_xend_keeps_with_the_image_matters_to_a_move(string image, bool stays, bool nested, string? mode)
    {
        GuestTraits traits = Assert.Single(XmListLong.Parse($"(domain (name web) (image (hvm (kernel x) {image})))")).Traits;

        Assert.Equal((stays, nested, mode), (traits.MigrationDisabled, traits.HasNestedVirtualisation, traits.TscMode));
    }

    [Theory]
    [InlineData("phy:/dev/disk/by-path/ip-10.0.0.1:3260-iscsi-iqn.2001-05.com.example:disk-lun-1", "phy", "raw", "/dev/disk/by-path/ip-10.0.0.1:3260-iscsi-iqn.2001-05.com.example:disk-lun-1")]
    [InlineData("phy:vg/lv", "phy", "raw", "/dev/vg/lv")]
    [InlineData("tap:aio:/images/a:b.img", "tap", "raw", "/images/a:b.img")]
    [InlineData("tap2:vhd:/images/b.vhd", "tap2", "vhd", "/images/b.vhd")]
    public void A_disk_is_where_its_path_leads_whatever_colons_are_in_it(string uname, string backend, string format, string path)
    {
        GuestDisk disk = Assert.Single(Assert.Single(
            XmListLong.Parse($"(domain (name web) (device (vbd (uname {uname}) (dev xvda:disk) (mode w))))")).Disks);

        Assert.Equal((backend, format, path), (disk.Backend, disk.Format, disk.Path));
    }

    [Theory]
    [InlineData("drbd:r0", "block-drbd", "r0")]
    [InlineData("iscsi:iqn.2001-05.com.example:disk", "block-iscsi", "iqn.2001-05.com.example:disk")]
    [InlineData("nbd:10.0.0.1 10809", "block-nbd", "10.0.0.1 10809")]
    public void A_disk_that_a_script_makes_has_no_path(string uname, string script, string what)
    {
        GuestDisk disk = Assert.Single(Assert.Single(
            XmListLong.Parse($"(domain (name web) (device (vbd (uname '{uname}') (dev xvda:disk) (mode w!))))")).Disks);

        Assert.Equal((script, what, null), (disk.Script, disk.Path, disk.FilePath));
        Assert.Equal("/etc/xen/scripts/" + script, disk.ScriptPath);
        Assert.True(disk is { IsMade: true, Shared: true, ReadOnly: false });
    }

    [Fact]
    public void A_guest_under_way_is_migrating_whatever_it_does()
    {
        Guest guest = Read(s_table, s_details)[1];

        Assert.Equal((GuestState.Migrating, GuestState.Suspended), (guest.State, guest.Activity));
        Assert.Equal(GuestType.HVM, guest.Type);
        Assert.StartsWith("It has devices of its host: (pci", Assert.Single(guest.NotMigratableReason), StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_does_not_run_has_no_id()
    {
        Guest guest = Read(s_table, s_details)[4];

        Assert.Equal(("stopped", null, GuestState.ShutDown), (guest.Name, guest.Id, guest.State));
    }

    [Fact]
    public void The_control_domain_can_not_be_moved()
    {
        Guest guest = Read(s_table, s_details)[0];

        Assert.True(guest.IsControlDomain);
        Assert.Equal(["It is the control domain."], guest.NotMigratableReason);
    }

    [Fact]
    public void Without_details_the_guests_are_there_and_not_described()
    {
        IReadOnlyList<Guest> guests = Read(s_table, new CommandResult(1, "", "Error: …"));

        Assert.Equal(5, guests.Count);
        Assert.All(guests, guest => Assert.False(guest.IsDescribed));
    }

    [Fact]
    public void A_table_without_the_control_domain_has_lost_its_rows() => Assert.Throws<OutputNotUnderstoodException>(() =>
        Read(s_table with { Output = Fixture.Lines("xm-list.3.1.txt")[0] + "\n" }, s_details));

    [Theory]
    [InlineData("(domain (domid 3) (name testvm1))")]
    [InlineData("(domain (domid 3))")]
    public void A_guest_of_whose_configuration_parts_are_missing_is_not_described(string details) =>
        Assert.False(Read(s_table, new CommandResult(0, details, ""))[2].IsDescribed);

    [Fact]
    public void A_failure_is_told() => Assert.IsType<RemoteCommandFailedException>(
        Record.Exception(() => Read(new CommandResult(1, "", "Error: it failed"), s_details)));

    private static IReadOnlyList<Guest> Read(CommandResult table, CommandResult details) =>
        XmGuests.Question("a").Read([table, details]);
}
