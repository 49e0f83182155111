using XenMigrate.Environment;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Relocation;
using XenMigrate.Toolstacks;

namespace XenMigrate.Tests;

/// <summary>Facts of two hosts between which everything is right; tests change what they are about.</summary>
internal static class Facts
{
    public const string Path = "/images/web.img";

    public static Guest Guest { get; } = A.Guest().WithDisk(Path).WithBridge("xenbr1");

    public static PairFacts Good { get; } = new(
        Host("a", [Guest], Local()),
        Host("b", [], Nfs()),
        "b",
        Known("a", new SshProbe(0, "", "boot-b", "/usr/sbin/xl", "")));

    public static Answer<T> Known<T>(string host, T value)
        where T : class => new(value, null, new Evidence(host, "some command", 0, "some output"));

    public static Answer<T> NotKnown<T>(string host, string problem = "no route")
        where T : class => new(null, problem, new Evidence(host, "some command", 1, ""));

    public static PairFacts AtSource(Func<HostFacts, HostFacts> change) => Good with { Source = change(Good.Source) };

    public static PairFacts AtDestination(Func<HostFacts, HostFacts> change) => Good with { Destination = change(Good.Destination) };

    public static PairFacts Ssh(SshProbe probe) => Good with { Ssh = Known("a", probe) };

    public static PairFacts Disks(DiskFile here, DiskFile there, Mount? mountHere = null, Mount? mountThere = null) => Good with
    {
        Source = Good.Source with
        {
            Disks = new Dictionary<string, Answer<DiskFile>> { [here.Path] = Known("a", here) },
            Mounts = Known<IReadOnlyList<Mount>>("a", [mountHere ?? Local()]),
        },
        Destination = Good.Destination with
        {
            Disks = new Dictionary<string, Answer<DiskFile>> { [there.Path] = Known("b", there) },
            Mounts = Known<IReadOnlyList<Mount>>("b", [mountThere ?? Nfs()]),
        },
    };

    /// <summary>Two hosts of xend's, with what the destination's configuration says.</summary>
    public static PairFacts Xend(
        string there = "(xend-relocation-server yes)", string here = "", int exitCode = 0, string error = "", string listens = "*:8002") => Good with
        {
            Source = Good.Source with { Toolstack = ToolstackKind.Xend, Relocation = Relocation("a", here, "*:8002") },
            Destination = Good.Destination with { Toolstack = ToolstackKind.Xend, Relocation = Relocation("b", there, listens) },
            Probe = Known("a", new RelocationProbe(8002, exitCode, error)),
        };

    public static RelocationFacts Relocation(string host, string configuration, string listens) => new(
        Known(host, XendConfiguration.Parse(configuration)),
        Known(host, Listeners.Parse($"COMMAND PID USER FD TYPE DEVICE SIZE NODE NAME\npython 3445 root 14u IPv4 10223 TCP {listens} (LISTEN)\n")),
        Known(host, host + ".example.com"));

    public static XenInformation Xen(string version = "4.17", long freeMB = 735, params string[] capabilities) => new(
        new Version(version), version + ".5", 1151, freeMB, "credit2", capabilities.Length > 0 ? capabilities : ["pv", "shadow"]);

    public static DiskFile File(string device, ulong inode = 12909, long size = 16777216, string path = Path) =>
        new() { Path = path, Exists = true, Device = device, Inode = inode, SizeBytes = size };

    public static DiskFile Block(string path, params string[] identities) =>
        new() { Path = path, Exists = true, IsBlockDevice = true, Identities = identities };

    public static Mount Local(string device = "254:0", string mountPoint = "/", string fileSystem = "ext4", string source = "/dev/vda") =>
        new(device, "/", mountPoint, fileSystem, source, ["rw"]);

    public static Mount Nfs(
        string source = "a:/images", string address = "10.77.0.7", string mountPoint = "/images", string device = "0:36") =>
        new(device, "/", mountPoint, "nfs4", source, ["rw", "vers=4.2", "addr=" + address]);

    private static HostFacts Host(string host, IReadOnlyList<Guest> guests, Mount mount) => new()
    {
        Host = host,
        Toolstack = ToolstackKind.Xl,
        BootId = Known(host, "boot-" + host),
        Xen = Known(host, Xen()),
        Guests = Known(host, guests),
        Bridges = Known<IReadOnlyList<string>>(host, ["xenbr1"]),
        Mounts = Known<IReadOnlyList<Mount>>(host, [mount]),
        Addresses = Known<IReadOnlyList<string>>(host, ["127.0.0.1", "::1", host == "a" ? "10.77.0.7" : "10.77.0.8"]),
        Disks = new Dictionary<string, Answer<DiskFile>> { [Path] = Known(host, File(mount.Device)) },
    };
}
