using System.Xml.Linq;

namespace XenMigrate.Tests;

public class LibvirtDomainsTests
{
    private const string Domain = "<domain type='xen' id='5'><name>web</name><devices/></domain>";

    private static readonly IReadOnlyList<LibvirtConfiguration> s_real = Parse(Fixture.Text("virsh-domains.9.0.txt"));

    [Fact]
    public void Real_domains_have_their_names_ids_and_states() => Assert.Equal(
        [("Domain-0", 0, GuestState.Running), ("testvm1", 1, GuestState.Running), ("testvm3", (int?)null, GuestState.ShutDown)],
        s_real.Select(domain => (domain.Name!, domain.Id, domain.State)));

    [Fact]
    public void A_real_domain_is_read_whole()
    {
        LibvirtConfiguration guest = s_real[1];

        Assert.Equal(new Guid("b164eace-15c0-4f26-8922-786e23f5bb4b"), guest.Uuid);
        Assert.Equal((GuestType.PV, 96L, 96L, 1, 1), (guest.Type, guest.MemoryMB!.Value, guest.MaximumMemoryMB!.Value, guest.VCpu!.Value, guest.MaximumVCpu!.Value));
        Assert.Equal([new GuestDisk("xvda", "/var/lib/libvirt/images/testvm1.img", "raw", "phy", ReadOnly: false, Removable: false)], guest.Disks);
        Assert.Equal([new GuestNetworkInterface("00:16:3e:77:00:65", "xenbr1", null)], guest.NetworkInterfaces);
        Assert.Empty(guest.PassthroughDevices);
    }

    [Theory]
    [InlineData("<type>hvm</type>", GuestType.HVM)]
    [InlineData("<type machine='xenpvh'>xenpvh</type>", GuestType.PVH)]
    [InlineData("<type machine='xenpv'>linux</type>", GuestType.PV)]
    [InlineData("<type>xen</type>", GuestType.PV)]
    [InlineData("<type>exe</type>", GuestType.Unknown)]
    [InlineData("", GuestType.Unknown)]
    public void The_type_is_libvirts_word_for_it(string type, GuestType expected) =>
        Assert.Equal(expected, Read($"<os>{type}</os>").Type);

    [Theory]
    [InlineData("<cpu><numa><cell id='0' cpus='0-1' memory='512' unit='MiB'/></numa></cpu>", true, false, null)]
    [InlineData("<cpu mode='host-passthrough'><feature policy='require' name='vmx'/></cpu>", false, true, null)]
    [InlineData("<cpu mode='host-passthrough'><feature policy='disable' name='svm'/></cpu>", false, false, null)]
    [InlineData("<clock offset='utc'><timer name='rtc' mode='x'/><timer name='tsc' mode='paravirt'/></clock>", false, false, "native_paravirt")]
    [InlineData("<clock offset='utc'><timer name='tsc' mode='native'/></clock>", false, false, "native")]
    public void What_matters_to_a_move_is_read_too(string xml, bool numa, bool nested, string? mode)
    {
        GuestTraits traits = Read(xml).Traits;

        Assert.Equal((numa, nested, mode), (traits.HasVirtualNuma, traits.HasNestedVirtualisation, traits.TscMode));
    }

    [Fact]
    public void Libvirt_that_shows_not_even_the_control_domain_is_not_understood()
    {
        CommandResult nothing = new(0, "\n", "");

        _ = Assert.Throws<OutputNotUnderstoodException>(() => LibvirtDomains.Read("a", LibvirtDomains.Always, nothing));
        Assert.Empty(LibvirtDomains.Read("a", LibvirtDomains.Managed, nothing));
    }

    [Theory]
    [InlineData("<memory>131072</memory>", 128L)]
    [InlineData("<memory unit='KiB'>131072</memory>", 128L)]
    [InlineData("<memory unit='MiB'>96</memory>", 96L)]
    [InlineData("<memory unit='G'>2</memory>", 2048L)]
    [InlineData("<memory unit='bytes'>1048576</memory>", 1L)]
    [InlineData("<memory unit='GB'>1</memory>", 953L)]
    [InlineData("<memory unit='acre'>1</memory>", null)]
    [InlineData("<memory>-1</memory>", null)]
    [InlineData("<memory unit='TiB'>9223372036854775807</memory>", null)]
    public void Memory_is_in_mebibytes_whatever_its_unit(string memory, long? expected) =>
        Assert.Equal(expected, Read(memory).MaximumMemoryMB);

    [Fact]
    public void A_balloon_and_virtual_cpus_have_two_values()
    {
        LibvirtConfiguration guest = Read("<memory>262144</memory><currentMemory>131072</currentMemory><vcpu current='2'>4</vcpu>");

        Assert.Equal((128L, 256L, 2, 4), (guest.MemoryMB!.Value, guest.MaximumMemoryMB!.Value, guest.VCpu!.Value, guest.MaximumVCpu!.Value));
    }

    [Fact]
    public void Devices_of_every_kind_are_told_apart()
    {
        LibvirtConfiguration guest = Read(
            """
            <devices>
              <disk type='block' device='disk'><source dev='/dev/vg/web'/><target dev='xvda'/></disk>
              <disk type='file' device='cdrom'><target dev='hdc'/><readonly/></disk>
              <interface type='bridge'><mac address='00:16:3E:00:00:01'/><source bridge='xenbr0'/><script path='vif-openvswitch'/></interface>
              <interface type='network'><source network='default'/></interface>
              <hostdev mode='subsystem' type='pci'><source><address domain='0x0000' bus='0x03' slot='0x00' function='0x0'/></source></hostdev>
            </devices>
            """);

        Assert.Equal(
            [
                new GuestDisk("xvda", "/dev/vg/web", null, null, ReadOnly: false, Removable: false),
                new GuestDisk("hdc", null, null, null, ReadOnly: true, Removable: true),
            ],
            guest.Disks);
        Assert.Equal(
            [new GuestNetworkInterface("00:16:3e:00:00:01", "xenbr0", "vif-openvswitch"), new GuestNetworkInterface(null, null, null) { Network = "default" }],
            guest.NetworkInterfaces);
        Assert.Equal(["pci 0000:03:00.0"], guest.PassthroughDevices);
    }

    [Theory]
    [InlineData("paused", GuestState.Paused)]
    [InlineData("idle", GuestState.Blocked)]
    [InlineData("crashed", GuestState.Crashed)]
    [InlineData("in shutdown", GuestState.Running)]
    [InlineData("at lunch", GuestState.Unknown)]
    public void The_state_stands_before_the_domain(string words, GuestState state) =>
        Assert.Equal(state, Assert.Single(Parse($"{words}\n\n{Domain}\n\n")).State);

    [Fact]
    public void A_host_without_guests_has_none() => Assert.Empty(Parse("\n"));

    [Theory]
    [InlineData("running\n")]
    [InlineData("running\n<domain type='xen'><name>web</name>")]
    [InlineData("<html><body>no</body></html>")]
    [InlineData("<domain/>")]
    [InlineData("error: failed to connect")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain><name>&x;</name></domain>")]
    [InlineData("<domain><name>&x;</name></domain>")]
    public void What_virsh_does_not_write_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => Parse(output));

    [Fact]
    public void Elements_deeper_than_any_of_libvirts_are_not_understood()
    {
        static string Deep(int levels) =>
            $"<domain><name>web</name>{string.Concat(Enumerable.Repeat("<a>", levels))}{string.Concat(Enumerable.Repeat("</a>", levels))}</domain>";

        Assert.Equal("web", Assert.Single(Parse(Deep(100))).Name);
        Assert.Throws<OutputNotUnderstoodException>(() => Parse(Deep(1_000)));
        Assert.Throws<OutputNotUnderstoodException>(() => Parse(Deep(1_000_000)));
    }

    [Theory]
    [InlineData(1, "error: failed to connect to the hypervisor\nerror: Failed to connect socket to '/var/run/libvirt/libvirt-sock'", typeof(ToolstackNotFoundException))]
    [InlineData(1, "error: authentication unavailable: no polkit agent available", typeof(PrivilegeRequiredException))]
    [InlineData(127, "sh: 9: virsh: not found", typeof(ToolstackNotFoundException))]
    [InlineData(1, "boom", typeof(RemoteCommandFailedException))]
    public void A_libvirt_that_does_not_answer_says_what_to_do(int exitCode, string error, Type exception) => Assert.IsType(
        exception, Record.Exception(() => LibvirtDomains.Read("a", LibvirtDomains.Always, new CommandResult(exitCode, "", error))));

    [Fact]
    public void A_guest_that_ends_between_the_looks_is_no_error() => Assert.Single(LibvirtDomains.Read(
        "a", LibvirtDomains.Always, new CommandResult(1, "running\n" + Domain, "error: failed to get domain 'b164eace-15c0-4f26-8922-786e23f5bb4b'\n")));

    [Fact]
    public void A_libvirt_that_dies_between_the_looks_is_one() => Assert.IsType<ToolstackNotFoundException>(Record.Exception(() => LibvirtDomains.Read(
        "a", LibvirtDomains.Always, new CommandResult(1, "running\n" + Domain, "error: failed to connect to the hypervisor\n"))));

    [PosixFact]
    public async Task All_guests_are_asked_for_by_two_virshes()
    {
        using TemporaryFolder folder = new();
        folder.WriteScript(
            "virsh",
            $"""
            echo virsh >> {folder.Path}/log
            shift 3
            case "$*" in
            'list --all --uuid') printf 'u-1\nu-2\n\n' ;;
            ' domstate u-1; dumpxml u-1; domstate u-2; dumpxml u-2;') printf 'running\n\n%s\n\n' "{Domain}" "{Domain.Replace("web", "db")}" ;;
            *) echo "$*" >&2; exit 1 ;;
            esac
            """);

        CommandResult result = await LocalShell.RunAsync(LibvirtDomains.Always, folder.Path);

        Assert.Equal("", result.Error);
        Assert.Equal(["web", "db"], LibvirtDomains.Read("a", LibvirtDomains.Always, result).Select(domain => domain.Name));
        Assert.Equal("virsh\nvirsh\n", await System.IO.File.ReadAllTextAsync(System.IO.Path.Combine(folder.Path, "log")));
    }

    [PosixFact]
    public async Task A_first_virsh_that_fails_fails_the_whole()
    {
        using TemporaryFolder folder = new();
        folder.WriteScript("virsh", "echo 'error: failed to connect to the hypervisor' >&2; exit 1");

        CommandResult result = await LocalShell.RunAsync(LibvirtDomains.Always, folder.Path);

        Assert.Equal(1, result.ExitCode);
    }

    private static IReadOnlyList<LibvirtConfiguration> Parse(string output) => LibvirtDomains.Parse(LibvirtDomains.Always, output);

    private static LibvirtConfiguration Read(string content) =>
        DomainXml.Configuration(XElement.Parse($"<domain><name>web</name>{content}</domain>"));
}
