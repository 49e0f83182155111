namespace XenMigrate.Tests;

public class XlListLongTests
{
    [Fact]
    public void A_real_configuration_is_read()
    {
        XlConfiguration guest = XlListLong.Parse(Fixture.Text("xl-list-l.4.17.txt"))[1];

        Assert.Equal((1, "testvm2", GuestType.PV), (guest.Id, guest.Name, guest.Type));
        Assert.Equal(new Guid("4bf13abb-bbd6-4c48-8502-29af9504aabf"), guest.Uuid);
        Assert.Equal((128L, 1), (guest.MaximumMemoryMB, guest.MaximumVCpu));
        Assert.Equal([new GuestDisk("xvda", "/var/lib/libvirt/images/testvm2.img", "raw", null, false, false)], guest.Disks);
        Assert.Equal([new GuestNetworkInterface("00:16:3e:77:00:66", "xenbr1", null)], guest.NetworkInterfaces);
    }

    [Fact]
    public void No_guest_is_an_empty_list() => Assert.Empty(XlListLong.Parse("[]\n"));

    [Theory]
    [InlineData("""[{"domid":7}]""")]
    [InlineData("""[{"domid":7,"config":{}}]""")]
    [InlineData("""[{"domid":7,"config":{"c_info":[],"b_info":"","disks":{},"nics":null}}]""")]
    public void Members_that_are_missing_or_odd_are_left_out(string json)
    {
        XlConfiguration guest = Assert.Single(XlListLong.Parse(json));

        Assert.Equal((7, null, GuestType.Unknown), (guest.Id, guest.Name, guest.Type));
        Assert.Empty(guest.Disks);
    }

    [Theory]
    [InlineData("""[{"domid":null,"config":{}}]""")]
    [InlineData("""[{"config":{}}, 5, null]""")]
    [InlineData("""[{"domid":4294967296,"config":{}}]""")]
    public void A_domain_without_a_domain_id_is_left_out(string json) => Assert.Empty(XlListLong.Parse(json));

    [Theory]
    [InlineData("block-iscsi", "/etc/xen/scripts/block-iscsi")]
    [InlineData("/etc/xen/scripts/block-drbd", "/etc/xen/scripts/block-drbd")]
    [InlineData("block", null)]
    [InlineData("/etc/xen/scripts/block", null)]
    [InlineData("", null)]
    public void A_block_script_of_its_own_makes_a_disk_of_what_is_no_path(string script, string? path)
    {
        GuestDisk disk = Assert.Single(Single($$"""{"disks":[{"pdev_path":"/x","vdev":"xvda","script":"{{script}}"}]}""").Disks);

        Assert.Equal((path, path is null ? "/x" : null), (disk.ScriptPath, disk.FilePath));
    }

    [Fact]
    public void Devices_of_the_host_are_described()
    {
        XlConfiguration guest = Single(
            """{"pcidevs":[{"domain":0,"bus":0,"dev":29,"func":1},{"dev":2}],"usbdevs":[{"ctrl":0}]}""");

        Assert.Equal(["pci 0000:00:1d.1", "pci 0000:00:02.0", """usbdevs {"ctrl":0}"""], guest.PassthroughDevices);
    }

    [Theory]
    [InlineData("""{"removable":1,"readwrite":1}""", false, false)]
    [InlineData("""{"is_cdrom":1,"readwrite":0}""", true, true)]
    [InlineData("""{"readwrite":1}""", false, false)]
    [InlineData("{}", false, true)]
    public void A_disk_is_writable_only_if_it_says_so(string disk, bool removable, bool readOnly)
    {
        GuestDisk read = Assert.Single(Single($$"""{"disks":[{{disk}}]}""").Disks);

        Assert.Equal((removable, readOnly, (string?)null), (read.Removable, read.ReadOnly, read.Path));
    }

    [Fact]
    public void What_rules_out_a_move_is_read()
    {
        XlConfiguration guest = Single("""{"b_info":{"disable_migrate":"True","vnuma_nodes":[{}]}}""");

        Assert.True(guest.Traits is { MigrationDisabled: true, HasVirtualNuma: true });
    }

    [Theory]
    [InlineData("")]
    [InlineData("(domain (domid 0))")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("""[{"domid":1,"config":{"c_info":{"name":"\ud800"}}}]""")]
    [InlineData("\ud800")]
    public void What_is_no_json_of_that_shape_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => XlListLong.Parse(output));

    private static XlConfiguration Single(string config) =>
        Assert.Single(XlListLong.Parse($$"""[{"domid":7,"config":{{config}}}]"""));
}
