namespace XenMigrate.Tests;

/// <summary>For each check what fails it, what it warns of, and what leaves it open.</summary>
public static class CheckCases
{
    public static TheoryData<string, string, string, Given> Failures
    {
        get
        {
            Guest guest = Facts.Guest;
            return new()
            {
                { "XM-CON-01", "SameHost", "b", new(Facts.Good with
                    {
                        Destination = Facts.Good.Destination with { BootId = Facts.Known("b", "boot-a") },
                        Ssh = Facts.Known("a", new SshProbe(0, "", "boot-a", "/usr/sbin/xl", "")),
                    }, guest) },
                { "XM-CON-02", "PortUnreachable", "b", new(Facts.Ssh(new(255, "", null, null, "ssh: connect to host b: Connection refused")), guest) },
                { "XM-FW-01", "PortUnreachable", "b", new(Facts.Ssh(new(255, "", null, null, "ssh: connect to host b port 22: Connection timed out")), guest) },
                { "XM-FW-01", "PortUnreachable", "a", new(Facts.Xend(exitCode: 1, error: "nc: connect to b port 8002 (tcp) failed: No route to host"), guest) },
                { "XM-FW-01", "PortUnreachable", "b", new(Facts.Xend(exitCode: 1, error: "nc: connect to b port 8002 (tcp) timed out: Operation now in progress"), guest) },
                { "XM-CON-02", "AuthenticationFailed", "b", new(Facts.Ssh(new(255, "", null, null, "root@b: Permission denied (publickey).")), guest) },
                { "XM-CON-02", "TransportBroken", "b", new(Facts.Ssh(new(0, "Welcome!\n", "boot-b", "/usr/sbin/xl", "")), guest) },
                { "XM-CON-02", "PortUnreachable", "b", new(Facts.Ssh(new(0, "", "boot-c", "/usr/sbin/xl", "")), guest) },
                { "XM-CON-02", "ToolstackNotFound", "b", new(Facts.Ssh(new(0, "", "boot-b", null, "")), guest) },
                { "XM-CON-04", "PortUnreachable", "a", new(Facts.Libvirt("127.0.1.1"), guest) },
                { "XM-CON-03", "HostKeyUnknown", "a", new(Facts.Ssh(new(255, "", null, null, Fixture.Text("failures/unknown-host-key.txt"))), guest) },
                { "XM-CON-03", "HostKeyChanged", "a", new(Facts.Ssh(new(255, "", null, null, "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @")), guest) },
                { "XM-VER-01", "NotSupportedByToolstack", "b", new(Facts.AtDestination(host => host with { Toolstack = ToolstackKind.Xend }), guest) },
                { "XM-VER-02", "NotSupportedByToolstack", "b", new(Facts.AtDestination(host => host with { Xen = Facts.Known("b", Facts.Xen("4.14")) }), guest) },
                { "XM-VER-03", "NotSupportedByToolstack", "b", new(Facts.AtDestination(host => host with { Xen = Facts.Known("b", Facts.Xen("4.13")) }), guest) },
                { "XM-VER-04", "NotSupportedByToolstack", "b", new(Facts.Machines(here => here, there => there with
                    {
                        Release = Facts.Known("b", SystemRelease.Parse("x86_64", "Red Hat Enterprise Linux Server release 5 (Tikanga)\n")),
                    }), guest) },
                { "XM-VER-04", "NotSupportedByToolstack", "a", new(Facts.Machines(here => here with { Release = Facts.Known("a", new SystemRelease("ia64", null, null)) }, there => there), guest) },
                { "XM-CPU-01", "CpuIncompatible", "b", new(Facts.Machines(here => here, there => there with
                    {
                        Processor = Facts.Known("b", new Processor("AuthenticAMD", "AMD EPYC", 2445.429)),
                    }), guest) },
                { "XM-CPU-02", "CpuIncompatible", "b", new(Facts.AtDestination(host => host with { Policies = Facts.Known("b", Facts.Policies("PV Max", Facts.Features(0x0f8bfbff & ~(1u << 26)))) }), guest) },
                { "XM-CPU-03", "CpuIncompatible", "b", new(Facts.Machines(here => here, there => there with
                    {
                        Processor = Facts.Known("b", new Processor("GenuineIntel", "Intel(R) Xeon(R)", 2000)),
                    }), guest with { Type = GuestType.HVM, Traits = new GuestTraits { TscMode = "native" } }) },
                { "XM-TIM-01", "ClockSkewExceeded", "b", new(Facts.Machines(here => here, there => there with { Clock = Facts.Known("b", Facts.Clock(TimeSpan.FromSeconds(-31))) }), guest) },
                { "XM-REL-01", "RelocationDisabled", "b", new(Facts.Xend("(xend-relocation-server no)", exitCode: 1), guest) },
                { "XM-REL-01", "RelocationDisabled", "b", new(Facts.Xend(""), guest) },
                { "XM-REL-02", "PortUnreachable", "b", new(Facts.Xend("(xend-relocation-server yes) (xend-relocation-port 9002)", listens: "*:9002"), guest) },
                { "XM-REL-02", "PortUnreachable", "b", new(Facts.Xend(exitCode: 1, listens: "*:22"), guest) },
                { "XM-REL-02", "PortUnreachable", "b", new(Facts.Xend(listens: "127.0.0.1:8002"), guest) },
                { "XM-REL-03", "PortUnreachable", "a", new(Facts.Xend(exitCode: 1, error: "nc: connect to b port 8002 (tcp) failed: Connection refused"), guest) },
                { "XM-REL-04", "RelocationDenied", "b", new(Facts.Xend(@"(xend-relocation-server yes) (xend-relocation-hosts-allow '^localhost$')"), guest) },
                { "XM-REL-04", "RelocationDenied", "b", new(Facts.Xend(@"(xend-relocation-server yes) (xend-relocation-hosts-allow '^a ^(')"), guest) },
                { "XM-REL-07", "RelocationDisabled", "b", new(Facts.Xend(here: "(xend-relocation-ssl yes)"), guest) },
                { "XM-REL-07", "PortUnreachable", "b", new(Facts.Xend(Facts.Closed + "(xend-relocation-ssl-server yes)", "(xend-relocation-ssl yes)(xend-relocation-ssl-port 9003)"), guest) },
                { "XM-REL-07", "PortUnreachable", "b", new(Facts.Xend(Facts.Closed + "(xend-relocation-ssl-server yes)", "(xend-relocation-ssl yes)"), guest) },
                { "XM-GST-01", "GuestNotRunning", "a", new(Facts.Good, guest with { State = GuestState.Paused, Activity = GuestState.Paused }) },
                { "XM-GST-02", "LogDirtyUnsupported", "a", new(Facts.AtSource(host => host with { Xen = Facts.Known("a", Facts.Xen("4.17", 735, "pv", "hap")) }), guest) },
                { "XM-DEV-01", "GuestNotSuspendable", "a", new(Facts.Good, guest with { PassthroughDevice = ["pci 0000:00:1d.0"] }) },
                { "XM-DEV-02", "GuestNotSuspendable", "a", new(Facts.Good, guest with { Traits = new GuestTraits { HasVirtualNuma = true } }) },
                { "XM-DEV-03", "GuestNotSuspendable", "a", new(Facts.Good, guest with { Traits = new GuestTraits { MigrationDisabled = true } }) },
                { "XM-DEV-03", "GuestNotSuspendable", "a", new(Facts.Good, guest with { Traits = new GuestTraits { HasNestedVirtualisation = true } }) },
                { "XM-DEV-04", "GuestNotSuspendable", "a", new(Facts.Domain(domain => domain with { Suspend = Facts.Known("a", new SuspendOffer(false, true, true)) }), guest) },
                { "XM-MEM-02", "InsufficientMemory", "a", new(Facts.Xend() with { Source = Facts.Xend().Source with { Xen = Facts.Known("a", Facts.Xen(freeMB: 1)) } },
                    guest with { Toolstack = ToolstackKind.Xend }) },
                { "XM-NAM-01", "NameCollision", "b", new(Holding("b", A.Guest("web", 9, uuid: Guid.NewGuid())), guest) },
                { "XM-NAM-01", "NameCollision", "b", new(Holding("b", A.Guest("other", 9)), guest) },
                { "XM-NAM-02", "GuestBusy", "b", new(Holding("b", A.Guest("web--incoming", 9, GuestState.Paused)), guest) },
                { "XM-NAM-02", "NameCollision", "a", new(Facts.AtSource(host => host with
                    {
                        Guests = Facts.Known<IReadOnlyList<Guest>>("a", [guest, A.Guest("web--migratedaway", 3, GuestState.Suspended)]),
                    }), guest) },
                { "XM-MEM-01", "InsufficientMemory", "b", new(Facts.AtDestination(host => host with { Xen = Facts.Known("b", Facts.Xen(freeMB: 128)) }), guest) },
                { "XM-NET-01", "BridgeMissing", "b", new(Facts.AtDestination(host => host with { Bridges = Facts.Known<IReadOnlyList<string>>("b", ["virbr0"]) }), guest) },
                { "XM-STO-01", "DiskMissing", "b", new(Facts.Disks(Facts.File("254:0"), new DiskFile { Path = Facts.Path }), guest) },
                { "XM-NET-02", "BridgeMissing", "b", new(Facts.Bridge(Facts.LinuxBridge, new() { Kind = BridgeKind.OpenVSwitch }), guest.WithBridge("xenbr1", "vif-bridge")) },
                { "XM-STO-02", "DiskNotShared", "b", new(Facts.Disks(Facts.File("254:0"), Facts.File("254:0"), Facts.Local(), Facts.Local()), guest) },
                { "XM-STO-03", "DiskNotShared", "b", new(Facts.Good with { Tokens = Facts.Tokens(Facts.RoundTrip(read: Ended("b", 1, "cat: No such file or directory"))) }, guest) },
                { "XM-STO-03", "DiskNotWritable", "a", new(Facts.Good with { Tokens = Facts.Tokens(Facts.RoundTrip(Ended("a", 2, "Permission denied"))) }, guest) },
                { "XM-STO-04", "DiskNotWritable", "b", new(Facts.Access(isWritable: false), guest) },
                { "XM-STO-04", "DiskNotWritable", "b", new(Facts.Access(isWritable: true, isReadOnlyDevice: true), guest) },
                { "XM-STO-04", "DiskNotWritable", "b", new(Facts.AtDestination(host => host with
                    {
                        Mounts = Facts.Known<IReadOnlyList<Mount>>("b", [Facts.Nfs() with { Options = ["ro", "addr=10.77.0.7"] }]),
                    }), guest) },
                { "XM-STO-06", "DiskNotWritable", "a", new(Facts.Exporting("/images", "<world>", "rw", "sync", "root_squash"), guest) },
                { "XM-STO-06", "DiskNotShared", "a", new(Facts.Exporting("/var", "*", "rw", "sync", "no_root_squash"), guest) },
                { "XM-STO-06", "DiskNotShared", "a", new(Facts.Exporting("/var/lib/xen/save", "*", "rw", "sync", "no_root_squash"), guest) },
                { "XM-STO-07", "DiskInUse", "b", new(Holding("b", A.Guest("other", 9, uuid: Guid.NewGuid()).WithDisk(Facts.Path)), guest) },
            };
        }
    }

    public static TheoryData<string, string, Given> Warnings => new()
    {
        { "XM-CON-04", "a", new(Facts.Libvirt(null), Facts.Guest) },
        { "XM-VER-03", "b", new(Facts.AtSource(host => host with { Xen = Facts.Known("a", Facts.Xen("4.5")) }), Facts.Guest) },
        { "XM-TIM-01", "b", new(Facts.Machines(here => here, there => there with { Clock = Facts.Known("b", Facts.Clock(TimeSpan.FromSeconds(2))) }), Facts.Guest) },
        { "XM-TIM-02", "b", new(Facts.Machines(here => here, there => there with { Synchronisation = Facts.Known("b", new TimeSynchronisation(false, "ntpstat: no")) }), Facts.Guest) },
        { "XM-TIM-03", "a", new(Facts.Machines(here => here, there => there with { Uptime = Facts.Known("b", new Uptime(TimeSpan.FromDays(1))) }), Facts.Guest) },
        { "XM-CPU-03", "a", new(Facts.Machines(here => here, there => there with { Processor = Facts.Known("b", new Processor("GenuineIntel", "x", 2000)) }), Facts.Guest) },
        { "XM-DEV-05", "a", new(Facts.Good, Facts.Guest with { Disk = [Facts.Guest.Disk[0] with { Removable = true }] }) },
        { "XM-REL-05", "b", new(Facts.Xend("(xend-relocation-server yes)"), Facts.Guest) },
        { "XM-REL-05", "b", new(Facts.Xend("(xend-relocation-server yes) (xend-relocation-hosts-allow '^x$  ^y$')"), Facts.Guest) },
        { "XM-REL-06", "b", new(Facts.Xend("(xend-relocation-server yes) (xend-relocation-hosts-allow '^10.77.0.7')"), Facts.Guest) },
        { "XM-NET-02", "b", new(Facts.Bridge(Facts.LinuxBridge, Facts.LinuxBridge with { Mtu = 9000 }), Facts.Guest) },
        { "XM-NET-02", "b", new(Facts.Bridge(Facts.LinuxBridge with { Vlans = [42] }, Facts.LinuxBridge with { Vlans = [43] }), Facts.Guest) },
        { "XM-NET-02", "b", new(Facts.Bridge(Facts.LinuxBridge, new() { Kind = BridgeKind.OpenVSwitch }), Facts.Guest) },
        { "XM-NET-03", "b", new(Facts.Bridge(Facts.LinuxBridge, Facts.LinuxBridge with { SpanningTree = true, ForwardDelay = TimeSpan.FromSeconds(15) }), Facts.Guest) },
        { "XM-STO-05", "a", new(Facts.Good, Facts.Guest with { Disk = [Facts.Guest.Disk[0] with { Format = "qcow2" }] }) },
        { "XM-STO-06", "a", new(Facts.Exporting("/images", "*", "rw", "async", "no_root_squash"), Facts.Guest) },
        { "XM-STO-07", "b", new(Holding("b", A.Guest("other", 9, uuid: Guid.NewGuid()) with
            {
                Disk = [Facts.Guest.Disk[0] with { ReadOnly = true }],
            }), Facts.Guest) },
        { "XM-STO-07", "b", new(Holding("b", A.Guest("other", 9, uuid: Guid.NewGuid(), host: "b") with { IsDescribed = false }), Facts.Guest) },
    };

    public static TheoryData<string, string, Given> OpenQuestions => new()
    {
        { "XM-CON-02", "a", new(Facts.Good with { Ssh = Facts.NotKnown<SshProbe>("a") }, Facts.Guest) },
        { "XM-CON-03", "a", new(Facts.Good with { Ssh = Facts.NotKnown<SshProbe>("a") }, Facts.Guest) },
        { "XM-VER-01", "b", new(Facts.Good with { Destination = HostFacts.Unreachable("b", "no route") }, Facts.Guest) },
        { "XM-VER-02", "a", new(Facts.AtSource(host => host with { Xen = Facts.NotKnown<XenInformation>("a") }), Facts.Guest) },
        { "XM-VER-02", "b", new(Facts.AtDestination(host => host with { Xen = Facts.NotKnown<XenInformation>("b") }), Facts.Guest) },
        { "XM-CON-04", "a", new(Facts.Libvirt(null) with { Libvirt = Facts.NotKnown<LibvirtProbe>("a") }, Facts.Guest) },
        { "XM-FW-01", "a", new(Facts.Libvirt(null) with { Libvirt = Facts.NotKnown<LibvirtProbe>("a") }, Facts.Guest) },
        { "XM-FW-01", "a", new(Facts.Good with { Ssh = Facts.NotKnown<SshProbe>("a") }, Facts.Guest) },
        { "XM-FW-01", "a", new(Facts.Xend() with { Probe = Facts.NotKnown<RelocationProbe>("a") }, Facts.Guest) },
        { "XM-VER-03", "b", new(Facts.AtDestination(host => host with { Xen = Facts.NotKnown<XenInformation>("b") }), Facts.Guest) },
        { "XM-VER-04", "a", new(Facts.Machines(here => here with { Release = Facts.NotKnown<SystemRelease>("a") }, there => there), Facts.Guest) },
        { "XM-CPU-01", "b", new(Facts.Machines(here => here, there => there with { Processor = Facts.NotKnown<Processor>("b") }), Facts.Guest) },
        { "XM-CPU-02", "b", new(Silent("b"), Facts.Guest) },
        { "XM-CPU-03", "b", new(Facts.Machines(here => here, there => there with { Processor = Facts.NotKnown<Processor>("b") }), Facts.Guest) },
        { "XM-TIM-01", "a", new(Facts.Machines(here => here with { Clock = Facts.NotKnown<ClockReading>("a") }, there => there), Facts.Guest) },
        { "XM-TIM-01", "b", new(Facts.Machines(here => here, there => there with { Clock = Facts.NotKnown<ClockReading>("b") }), Facts.Guest) },
        { "XM-TIM-02", "b", new(Facts.Machines(here => here, there => there with { Synchronisation = Facts.NotKnown<TimeSynchronisation>("b") }), Facts.Guest) },
        { "XM-TIM-03", "b", new(Facts.Machines(here => here, there => there with { Uptime = Facts.NotKnown<Uptime>("b") }), Facts.Guest) },
        { "XM-DEV-02", "a", new(Facts.AtSource(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("a") }), Facts.Guest) },
        { "XM-DEV-03", "a", new(Facts.AtSource(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("a") }), Facts.Guest) },
        { "XM-DEV-04", "a", new(Facts.Domain(domain => domain with { Suspend = Facts.NotKnown<SuspendOffer>("a") }), Facts.Guest) },
        { "XM-DEV-05", "a", new(Facts.AtSource(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("a") }), Facts.Guest) },
        { "XM-MEM-02", "a", new(Facts.AtSource(host => host with { Xen = Facts.NotKnown<XenInformation>("a") }), Facts.Guest with { Toolstack = ToolstackKind.Xend }) },
        { "XM-REL-01", "b", new(Unread("b"), Facts.Guest) },
        { "XM-REL-02", "b", new(Unread("b"), Facts.Guest) },
        { "XM-REL-02", "a", new(Unread("a"), Facts.Guest) },
        { "XM-REL-04", "b", new(Unread("b"), Facts.Guest) },
        { "XM-REL-04", "a", new(WithoutAddresses(), Facts.Guest) },
        { "XM-REL-03", "a", new(Facts.Xend() with { Probe = Facts.NotKnown<RelocationProbe>("a") }, Facts.Guest) },
        { "XM-GST-01", "a", new(Facts.AtSource(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("a") }), Facts.Guest) },
        { "XM-DEV-01", "a", new(Facts.AtSource(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("a") }), Facts.Guest) },
        { "XM-GST-02", "a", new(Facts.AtSource(host => host with { Xen = Facts.NotKnown<XenInformation>("a") }), Facts.Guest) },
        { "XM-NAM-01", "b", new(Facts.AtDestination(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("b") }), Facts.Guest) },
        { "XM-NAM-02", "a", new(Facts.AtSource(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("a") }), Facts.Guest) },
        { "XM-NAM-02", "b", new(Facts.AtDestination(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("b") }), Facts.Guest) },
        { "XM-MEM-01", "b", new(Facts.AtDestination(host => host with { Xen = Facts.NotKnown<XenInformation>("b") }), Facts.Guest) },
        { "XM-NET-01", "b", new(Facts.AtDestination(host => host with { Bridges = Facts.NotKnown<IReadOnlyList<string>>("b") }), Facts.Guest) },
        { "XM-STO-01", "b", new(Facts.AtDestination(host => host with { Disks = NoDisk("b") }), Facts.Guest) },
        { "XM-STO-01", "b", new(Facts.Good with { Destination = HostFacts.Unreachable("b", "no route") }, Facts.Guest) },
        { "XM-STO-02", "a", new(Facts.AtSource(host => host with { Disks = NoDisk("a") }), Facts.Guest) },
        { "XM-STO-02", "b", new(Facts.AtDestination(host => host with { Disks = NoDisk("b") }), Facts.Guest) },
        { "XM-REL-05", "b", new(Unread("b"), Facts.Guest) },
        { "XM-REL-06", "b", new(Unread("b"), Facts.Guest) },
        { "XM-REL-07", "a", new(Unread("a"), Facts.Guest) },
        { "XM-REL-07", "b", new(Unread("b"), Facts.Guest) },
        { "XM-NET-02", "a", new(Facts.AtSource(host => host with { BridgeDetails = NoBridge("a") }), Facts.Guest) },
        { "XM-NET-02", "b", new(Facts.AtDestination(host => host with { BridgeDetails = NoBridge("b") }), Facts.Guest) },
        { "XM-NET-03", "b", new(Facts.AtDestination(host => host with { BridgeDetails = NoBridge("b") }), Facts.Guest) },
        { "XM-STO-03", "a", new(Facts.Good with { Tokens = Facts.Tokens(Facts.RoundTrip(Facts.NotKnown<CommandResult>("a"))) }, Facts.Guest) },
        { "XM-STO-03", "b", new(Facts.Good with { Tokens = Facts.Tokens(Facts.RoundTrip(read: Facts.NotKnown<CommandResult>("b"))) }, Facts.Guest) },
        { "XM-STO-04", "b", new(Facts.AtDestination(host => host with { Disks = NoDisk("b") }), Facts.Guest) },
        { "XM-STO-04", "b", new(Facts.AtDestination(host => host with
            {
                Storage = host.Storage with { Access = new Dictionary<string, Answer<DiskAccess>> { [Facts.Path] = Facts.NotKnown<DiskAccess>("b") } },
            }), Facts.Guest) },
        { "XM-STO-05", "a", new(
            Facts.AtSource(host => host with { Disks = NoDisk("a") }),
            Facts.Guest with { Disk = [Facts.Guest.Disk[0] with { Format = "vhd" }] }) },
        { "XM-STO-06", "a", new(Facts.AtSource(host => host with { Storage = StorageFacts.None("a", "no route") }), Facts.Guest) },
        { "XM-STO-06", "b", new(Facts.AtDestination(host => host with { Disks = NoDisk("b") }), Facts.Guest) },
        { "XM-STO-07", "a", new(Facts.AtSource(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("a") }), Facts.Guest) },
        { "XM-STO-07", "b", new(Facts.AtDestination(host => host with { Guests = Facts.NotKnown<IReadOnlyList<Guest>>("b") }), Facts.Guest) },
    };

    private static Answer<CommandResult> Ended(string host, int exitCode, string error) =>
        Facts.Known(host, new CommandResult(exitCode, "", error));

    private static Answer<IReadOnlyDictionary<string, BridgeDetails>> NoBridge(string host) =>
        Facts.NotKnown<IReadOnlyDictionary<string, BridgeDetails>>(host);

    private static Dictionary<string, Answer<DiskFile>> NoDisk(string host) =>
        new() { [Facts.Path] = Facts.NotKnown<DiskFile>(host) };

    /// <summary>A host that tells nothing of its CPU, by any of the ways.</summary>
    private static PairFacts Silent(string host) => Facts.AtDestination(facts => facts with
    {
        Policies = Facts.NotKnown<CpuPolicies>(host),
        Machine = facts.Machine with { Processor = Facts.NotKnown<Processor>(host) },
    });

    private static PairFacts Unread(string host)
    {
        PairFacts pair = Facts.Xend();
        HostFacts facts = host == "a" ? pair.Source : pair.Destination;
        facts = facts with { Relocation = facts.Relocation! with { Configuration = Facts.NotKnown<XendConfiguration>(host) } };
        return host == "a" ? pair with { Source = facts } : pair with { Destination = facts };
    }

    /// <summary>The source is admitted by the name that it tells, and as what else it comes is not known.</summary>
    private static PairFacts WithoutAddresses()
    {
        PairFacts pair = Facts.Xend(@"(xend-relocation-server yes) (xend-relocation-hosts-allow '^a\\.example\\.com$')");
        return pair with { Source = pair.Source with { Addresses = Facts.NotKnown<IReadOnlyList<string>>("a") } };
    }

    private static PairFacts Holding(string host, Guest guest) =>
        Facts.AtDestination(facts => facts with { Guests = Facts.Known<IReadOnlyList<Guest>>(host, [guest]) });

    /// <summary>What a check is to judge; its name is short, since it goes into the test's.</summary>
    public sealed class Given
    {
        internal Given(PairFacts facts, Guest guest)
        {
            Facts = facts;
            Guest = guest;
        }

        internal PairFacts Facts { get; }

        internal Guest Guest { get; }

        public override string ToString() => Guest.Name;
    }
}
