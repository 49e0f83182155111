namespace XenMigrate.Embedded.Tests.Dom0;

public class XmFileTests
{
    [Fact]
    public void A_file_as_administrators_write_them_is_read()
    {
        DomainConfiguration configuration = XmFile.Parse(
            """
            # a guest
            name = "web"      # its name
            uuid='1b3c0f3e-6a5d-4c1b-9f6e-0d5a7c1e0001'
            memory = 64
            vcpus=2
            disk = [ 'tap:aio:/a.dsk,xvda,w',
                     "phy:/dev/vg/b,xvdb,r", ]
            vif = [ "mac=00:16:3e:01:02:03, bridge=xenbr0", '' ]
            vfb = [ ]
            extra = "dirty=64 working-set=8"
            """);

        Assert.Equal(("web", 64, 2), (configuration.Name, configuration.MemoryMB, configuration.VirtualCpus));
        Assert.Equal([new XmDisk("tap:aio:/a.dsk", "xvda", "w"), new XmDisk("phy:/dev/vg/b", "xvdb", "r")], configuration.Disks);
        Assert.Equal("/dev/vg/b", configuration.Disks[1].Path);
        Assert.Equal(new XmInterface("00:16:3e:01:02:03", "xenbr0"), configuration.Interfaces[0]);
        Assert.Matches("^00:16:3e:", configuration.Interfaces[1].Mac);
        Assert.Equal(new GuestWorkload(2048, 64 * 1024 * 1024), configuration.Workload);
    }

    [Theory]
    [InlineData("memory = 64", "Missing domain name")]
    [InlineData("name = \"x\"\nmemory = \"lots\"", "Invalid value for memory: lots")]
    [InlineData("name = \"x\"\n\nimport os", "invalid syntax (line 3)")]
    [InlineData("name = \"x\"\nuuid = \"12\"", "Invalid value for uuid: 12")]
    [InlineData("name = \"x\"\ndisk = [ \"/a\" ]", "Invalid disk specifier: /a")]
    public void What_is_no_such_file_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<XendException>(() => XmFile.Parse(text)).Message);

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String.Sample(text =>
    {
        try
        {
            _ = XmFile.Parse(text);
        }
        catch (XendException)
        {
            // As it should.
        }
    }, iter: 2000);

    [Fact]
    public void A_configuration_survives_xends_own_notation()
    {
        DomainConfiguration configuration = new("it's \"odd\" (very)", Guid.NewGuid(), 16)
        {
            Interfaces = [new XmInterface("00:16:3e:01:02:03", "xenbr1")],
            Disks = [new XmDisk("tap:aio:/a b.dsk", "xvda", "w"), new XmDisk("file:/c", "xvdb", "r")],
            HostDevices = ["0000:00:1b.0"],
            MayNotMove = true,
            Extra = "dirty=1",
        };

        DomainConfiguration copy = DomainSxp.Parse(DomainSxp.Of(configuration).ToString());

        Assert.Equal(configuration with { Interfaces = [], Disks = [], HostDevices = [] }, copy with { Interfaces = [], Disks = [], HostDevices = [] });
        Assert.Equal(configuration.Interfaces, copy.Interfaces);
        Assert.Equal(configuration.Disks, copy.Disks);
        Assert.Equal(configuration.HostDevices, copy.HostDevices);
    }
}
