namespace XenMigrate.Tests;

/// <summary>Two hosts of xend's and a guest that a test moves as it likes while xm migrate runs.</summary>
internal sealed class XendPair
{
    private const string Mounts =
        "24 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n52 24 0:36 / /images rw,relatime - nfs4 c:/images rw,vers=4.2,addr=10.77.0.9\n";

    private readonly Dictionary<string, string?> _guests = new() { ["a"] = "web -b----", ["b"] = null };
    private readonly Dictionary<string, string> _later = [];

    public XendPair(bool obeys = true)
    {
        Source = Host("a", obeys).Answers("nc*", "");
        Destination = Host("b", obeys);
    }

    public FakeShell Source { get; }

    public FakeShell Destination { get; }

    public FakeTiming Timing { get; } = new();

    /// <summary>Name and state of the guest on a host, "inactive" if xend only manages it, "half" if its memory comes in; null for none there.</summary>
    public XendPair Has(string host, string? guest)
    {
        _guests[host] = guest;
        return this;
    }

    /// <summary>What it is once it was listed, as it is now, by name and state.</summary>
    public XendPair Later(string host, string guest)
    {
        _later[host] = guest;
        return this;
    }

    public XendPair Migrates(Func<IProgress<OutputLine>, CommandResult> migrate)
    {
        FakeShell.Behaviour behaviour = (_, lines, _) => Task.FromResult(migrate(lines!));
        Source.Does("env*", behaviour).Does("xm migrate*", behaviour);
        return this;
    }

    public async Task<MigrationResult> MoveAsync(MigrationOptions options, CancellationToken cancellationToken = default)
    {
        Guest guest = (await new XendToolstack(Source, XenMigrate.Remote.Timing.Real).ListAsync(CancellationToken.None)).Single(g => g.Name == "web");
        return (await new Migrator(null, Timing.Timing).MoveAsync(
            A.XendHost(Source), A.XendHost(Destination), guest, options, _ => Task.FromResult(true), cancellationToken))!;
    }

    private FakeShell Host(string name, bool obeys) => new FakeShell(name)
        .Answers("xm info", Fixture.Text("xm-info.3.1.txt") + (obeys ? "xenmigrate             : precopy\n" : ""))
        .Does("xm list", (_, _, _) => Task.FromResult(new CommandResult(0, Table(name), "")))
        .Does("xm list --long", (_, _, _) => Task.FromResult(new CommandResult(0, LongAndChange(name), "")))
        .Answers("cat /proc/sys/kernel/random/boot_id", (name == "a" ? "1" : "2") + "1111111-1111-1111-1111-111111111111\n")
        .Answers("cat /etc/xen/xend-config.sxp", "(xend-relocation-server yes)")
        .Answers("cat /proc/self/mountinfo", Mounts)
        .Answers("ip -o address show", $"2: eth1    inet 10.77.0.{(name == "a" ? 7 : 8)}/24 scope global eth1\n")
        .Fails("ip -o link show type bridge", "Object \"type\" is unknown", 255)
        .Answers("brctl show", "bridge name     bridge id               STP enabled     interfaces\nxenbr1          8000.feffffffffff       no              peth1\n\t\t\t\t\t\t\tvif0.1\n")
        .Answers("grep -s . /sys/class/net/xenbr1/mtu*", "/sys/class/net/xenbr1/mtu:1500\n/sys/class/net/xenbr1/bridge/stp_state:0\n/sys/class/net/xenbr1/bridge/forward_delay:0\n")
        .Fails("grep -s . /sys/class/net/eth1/mtu*", exitCode: 2)
        .Answers("exportfs -v", "")
        .Answers("test -w*", "")
        .Does("date +%s.%N", (_, _, _) => Task.FromResult(new CommandResult(0, $"{Timing.Timing.Now().ToUnixTimeSeconds()}.000000000\n", "")))
        .Answers("ntpstat", "synchronised to NTP server (10.0.0.1) at stratum 3\n")
        .Answers("cat /proc/uptime", "86400.12 80000.00\n")
        .Answers("grep -m 3 *", "vendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Xeon(R)\ncpu MHz\t\t: 2400.000\n")
        .Answers("uname -m", "x86_64\n")
        .Answers("cat /etc/redhat-release", "Red Hat Enterprise Linux Server release 5.2 (Tikanga)\n")
        .Answers("xenstore-ls *", "control = \"\"\n feature-suspend = \"1\"\n")
        .Answers("lsof*", "python 3445 root 14u IPv4 10223 TCP *:8002 (LISTEN)\n")
        .Answers("hostname -f", name + ".example.com\n")
        .Answers("stat -L*", "36 12909 16777216 1763851234 regular file\n");

    private string Table(string host) =>
        "Name                                      ID Mem(MiB) VCPUs State   Time(s)\nDomain-0                                   0      512     4 r-----    121.4\n"
        + (_guests[host]?.Split(' ') is [var name, var state]
            ? state == "inactive" ? name.PadRight(40) + "          128     1            0.0\n"
            : string.Format(CultureInfo.InvariantCulture, "{0,-40} {1,3} {2,8} {3,5} {4,6}  {5,6:0.0}\n", name, host == "a" ? 5 : 9, 128, state == "half" ? 0 : 1, state == "half" ? "--p---" : state, 12.3)
            : "");

    private string LongAndChange(string host)
    {
        string text = Long(host);
        if (_later.Remove(host, out string? guest))
        {
            _guests[host] = guest;
        }

        return text;
    }

    private string Long(string host) => _guests[host]?.Split(' ') is [var name, _]
        ? $"(domain {Domid(host)} (uuid {A.Uuid}) (name {name}) (memory 128) (image (linux)) "
            + "(device (vif (bridge xenbr1) (mac 00:16:3e:77:00:66))) (device (vbd (uname file:/images/web.img) (dev xvda:disk) (mode w))))"
        : "";

    private string Domid(string host) =>
        _guests[host]?.EndsWith(" inactive", StringComparison.Ordinal) == true ? "" : host == "a" ? "(domid 5)" : "(domid 9)";
}
