namespace XenMigrate.Tests;

/// <summary>Facts of two hosts between which everything is right; tests change what they are about.</summary>
internal static class Facts
{
    public const string Path = "/images/web.img";

    /// <summary>A relocation server that lets in the source, whatever the destination knows it by, and nobody else.</summary>
    public const string Closed =
        @"(xend-relocation-server yes) (xend-relocation-hosts-allow '^10\\.77\\.0\\.7$ ^a\\.example\\.com$')";

    public static BridgeDetails LinuxBridge { get; } = new() { Kind = BridgeKind.Linux, Mtu = 1500 };

    public static Guest Guest { get; } = A.Guest().WithDisk(Path).WithBridge("xenbr1");

    public static PairFacts Good { get; } = new(
        Host("a", [Guest], Local()),
        Host("b", [], Nfs()),
        "b",
        Known("a", new SshProbe(0, "", "boot-b", "/usr/sbin/xl", "")))
    {
        Tokens = Tokens(RoundTrip()),
    };

    public static Answer<T> Known<T>(string host, T value)
        where T : class => new(value, null, new Evidence(host, "some command", 0, "some output"));

    public static Answer<T> NotKnown<T>(string host, string problem = "no route")
        where T : class => new(null, problem, new Evidence(host, "some command", 1, ""));

    public static PairFacts AtSource(Func<HostFacts, HostFacts> change) => Good with { Source = change(Good.Source) };

    public static PairFacts AtDestination(Func<HostFacts, HostFacts> change) => Good with { Destination = change(Good.Destination) };

    public static PairFacts Ssh(SshProbe probe) => Good with { Ssh = Known("a", probe) };

    /// <summary>Two files or devices, and nothing written to find out whether they are one.</summary>
    public static PairFacts Disks(DiskFile here, DiskFile there, Mount? mountHere = null, Mount? mountThere = null) => Good with
    {
        Tokens = null,
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

    /// <summary>A token that each host wrote and the other one read, or what came of it.</summary>
    public static TokenRoundTrip RoundTrip(Answer<CommandResult>? written = null, Answer<CommandResult>? read = null, string folder = "/images")
    {
        StorageToken token = new(folder + "/.xenmigrate-1", "word");
        return new(folder,
        [
            new("a", "b", token, written ?? Known("a", new CommandResult(0, "", "")), read ?? Known("b", new CommandResult(0, "word", ""))),
            new("b", "a", token, Known("b", new CommandResult(0, "", "")), Known("a", new CommandResult(0, "word", ""))),
        ]);
    }

    public static IReadOnlyDictionary<string, TokenRoundTrip> Tokens(params TokenRoundTrip[] roundTrips) =>
        roundTrips.ToDictionary(roundTrip => roundTrip.Folder);

    public static PairFacts Bridge(BridgeDetails here, BridgeDetails there) => Good with
    {
        Source = Good.Source with { BridgeDetails = Details("a", here) },
        Destination = Good.Destination with { BridgeDetails = Details("b", there) },
    };

    /// <summary>What the source exports, from which the destination has mounted its disks.</summary>
    public static PairFacts Exporting(string path, string client, params string[] options) => AtSource(host => host with
    {
        Storage = host.Storage with { Exports = Known<IReadOnlyList<NfsExport>>("a", [new NfsExport(path, client, ["rw", .. options])]) },
    });

    public static PairFacts Access(bool isWritable, bool isReadOnlyDevice = false) => AtDestination(host => host with
    {
        Storage = host.Storage with { Access = Accessible("b", isWritable, isReadOnlyDevice) },
    });

    /// <summary>Two hosts of xend's, with what the destination's configuration says.</summary>
    public static PairFacts Xend(
        string there = Closed, string here = "", int exitCode = 0, string error = "", string listens = "*:8002") => Good with
        {
            Source = Good.Source with { Toolstack = ToolstackKind.Xend, Relocation = Relocation("a", here, "*:8002") },
            Destination = Good.Destination with { Toolstack = ToolstackKind.Xend, Relocation = Relocation("b", there, listens) },
            Probe = Known("a", new RelocationProbe(8002, exitCode, error)),
        };

    /// <summary>Two hosts of libvirt's, and what the source takes the destination's name for.</summary>
    public static PairFacts Libvirt(string? address) => Good with
    {
        Source = Good.Source with { Toolstack = ToolstackKind.Libvirt },
        Destination = Good.Destination with { Toolstack = ToolstackKind.Libvirt },
        Libvirt = Known("a", new LibvirtProbe(
            new RelocationProbe(LibvirtProbe.FirstPort, 1, "nc: connect to b port 49152 (tcp) failed: Connection refused"),
            address is null ? null : System.Net.IPAddress.Parse(address))),
    };

    public static RelocationFacts Relocation(string host, string configuration, string listens) => new(
        Known(host, XendConfiguration.Parse(configuration)),
        Known(host, Listeners.Parse($"COMMAND PID USER FD TYPE DEVICE SIZE NODE NAME\npython 3445 root 14u IPv4 10223 TCP {listens} (LISTEN)\n")),
        Known(host, host + ".example.com"));

    public static PairFacts Machines(Func<MachineFacts, MachineFacts> source, Func<MachineFacts, MachineFacts> destination) => Good with
    {
        Source = Good.Source with { Machine = source(Good.Source.Machine) },
        Destination = Good.Destination with { Machine = destination(Good.Destination.Machine) },
    };

    /// <summary>A clock that is so far ahead of ours, to 10 ms unless told otherwise.</summary>
    public static ClockReading Clock(TimeSpan ahead, double halfSeconds = 0.01) =>
        new(ahead - TimeSpan.FromSeconds(halfSeconds), ahead + TimeSpan.FromSeconds(halfSeconds));

    /// <summary>A CPU with every feature of the first word, and with none that another word tells of.</summary>
    public static CpuFeatures All => Features(uint.MaxValue);

    public static CpuFeatures Features(uint first) => new(new Dictionary<CpuWord, uint> { [CpuWord.Word1d] = first, [CpuWord.Word1c] = 0 });

    public static CpuPolicies Policies(string name, CpuFeatures features, string other = "other", CpuFeatures? others = null) =>
        new(new Dictionary<string, CpuFeatures> { [name] = features, [other] = others ?? features });

    /// <summary>What the source tells of the guest, changed.</summary>
    public static PairFacts Domain(Func<DomainFacts, DomainFacts> change) => AtSource(host => host with
    {
        Domains = new Dictionary<int, DomainFacts> { [5] = change(host.Domains[5]) },
    });

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
        Machine = Machine(host),
        Policies = host == "b" ? Known(host, Policies("PV Max", All, "HVM Max", All)) : null,
        Domains = guests.ToDictionary(guest => guest.Id!.Value, _ => new DomainFacts(
            Known(host, new SuspendOffer(Offers: true, TellsOthers: true, HasDrivers: true)),
            Known(host, Policies("Domain 5", Features(0x1f8bfbff))))),
        BridgeDetails = Details(host, LinuxBridge),
        Storage = new StorageFacts(
            Known<IReadOnlyList<NfsExport>>(host, host == "a" ? [new NfsExport("/images", "<world>", ["rw", "sync", "no_root_squash"])] : []),
            Accessible(host, isWritable: true, isReadOnlyDevice: false)),
        Disks = new Dictionary<string, Answer<DiskFile>> { [Path] = Known(host, File(mount.Device)) },
    };

    private static Answer<IReadOnlyDictionary<string, BridgeDetails>> Details(string host, BridgeDetails bridge) =>
        Known<IReadOnlyDictionary<string, BridgeDetails>>(host, new Dictionary<string, BridgeDetails> { ["xenbr1"] = bridge });

    private static Dictionary<string, Answer<DiskAccess>> Accessible(string host, bool isWritable, bool isReadOnlyDevice) =>
        new() { [Path] = Known(host, new DiskAccess(Path, isWritable, isReadOnlyDevice)) };

    private static MachineFacts Machine(string host) => new()
    {
        Clock = Known(host, Clock(TimeSpan.Zero)),
        Synchronisation = Known(host, new TimeSynchronisation(true, "chronyc: Normal")),
        Uptime = Known(host, new Uptime(TimeSpan.FromDays(3))),
        Processor = Known(host, new Processor("GenuineIntel", "Intel(R) Xeon(R)", 2445.429)),
        Release = Known(host, new SystemRelease("x86_64", null, null)),
    };
}
