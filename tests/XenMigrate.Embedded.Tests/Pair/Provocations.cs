namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>One thing that is wrong, and who tells of it.</summary>
/// <param name="Break">What is done to a pair that is sound.</param>
/// <param name="Status">What the check says then.</param>
internal sealed record Provocation(Action<TestPair> Break, CheckStatus Status = CheckStatus.Failed)
{
    /// <summary>Other checks that tell of the same, since the one is not to be had without the other.</summary>
    public IReadOnlyList<string> AlsoTold { get; init; } = [];

    /// <summary>Whether it keeps other questions from being asked.</summary>
    public bool LeavesOthersOpen { get; init; }

    public bool WithToken { get; init; }

    /// <summary>Why the check cannot be about hosts with xend; null if it can.</summary>
    public string? NotOfXend { get; private init; }

    public static Provocation None(string why) => new(_ => { }, CheckStatus.Skipped) { NotOfXend = why };
}

/// <summary>What provokes each check: et-virt08 is the source and has the guest, et-virt07 the destination and has the storage.</summary>
internal static class Provocations
{
    private const string Disk = "/var/lib/libvirt/images/testvm1.dsk";
    private const string SxpFile = "/etc/xen/xend-config.sxp";

    public static IReadOnlyDictionary<string, Provocation> ById { get; } = new Dictionary<string, Provocation>
    {
        ["XM-CON-01"] = new(pair => pair.Virt07.PowerOff()) { LeavesOthersOpen = true, AlsoTold = ["XM-FW-01"] },
        ["XM-FW-01"] = new(pair => pair.Virt07.Faults.BlockPort(8002)),
        ["XM-CON-03"] = Provocation.None("It is not about Xend, which et-virt08 has."),
        ["XM-CON-02"] = Provocation.None("It is not about Xend, which et-virt08 has."),
        ["XM-CON-04"] = Provocation.None("It is about Libvirt, and et-virt08 has Xend."),
        ["XM-VER-01"] = new(pair => pair.Virt07.Faults.InstallXl()) { LeavesOthersOpen = true },
        ["XM-VER-02"] = new(pair => pair.Virt07.Machine.Xen = HypervisorVersion.Parse("3.0.3")),
        ["XM-VER-03"] = new(pair => pair.Virt07.Machine.Xen = HypervisorVersion.Parse("4.6.0"), CheckStatus.Warning),
        ["XM-VER-04"] = new(pair => pair.Virt07.Files.Write("/etc/redhat-release", "Red Hat Enterprise Linux Server release 5 (Tikanga)\n")),
        ["XM-CPU-01"] = new(pair => pair.Virt07.Machine.Processor = HostProcessor.Opteron),
        ["XM-TIM-01"] = new(pair => pair.Virt07.Machine.ClockOffset = new TimeSpan(4, 28, 3)),
        ["XM-TIM-02"] = new(pair => pair.Virt08.Machine.HasTimeServer = false, CheckStatus.Warning),
        ["XM-REL-01"] = new(pair => pair.Virt07.Faults.SetRelocation(false)),
        ["XM-REL-02"] = new(pair => Replace(pair, SxpFile, "(xend-relocation-port 8002)", "(xend-relocation-port 9002)")),
        ["XM-REL-03"] = new(pair => pair.Virt07.Faults.RejectPort(8002)),
        ["XM-REL-04"] = new(pair => pair.Virt07.Faults.SetHostsAllow(@"^et-virt09\.lab\.boston\.redhat\.com$")),
        ["XM-REL-05"] = new(pair => pair.Virt07.Faults.SetHostsAllow(""), CheckStatus.Warning),
        ["XM-REL-06"] = new(pair => pair.Virt07.Faults.SetHostsAllow("^10.0.0.8"), CheckStatus.Warning),
        ["XM-REL-07"] = new(pair =>
        {
            // The first that knows TLS; the source wants it, the destination does not.
            pair.Virt07.Machine.Xen = HypervisorVersion.Parse("3.3.1");
            pair.Virt08.Machine.Xen = HypervisorVersion.Parse("3.3.1");
            pair.Virt08.Files.Append(SxpFile, "(xend-relocation-ssl yes)\n");
        }),
        ["XM-GST-01"] = new(pair => Assert.Equal(0, pair.On08("xm pause guest").Result.ExitCode)),
        ["XM-GST-02"] = new(pair =>
        {
            pair.Virt07.Machine.Xen = HypervisorVersion.Parse("4.13.0");
            pair.Virt08.Machine.Xen = HypervisorVersion.Parse("4.13.0");
        }),
        ["XM-DEV-04"] = new(pair => pair.Virt08.Machine.GuestsOfferSuspend = false),
        ["XM-DEV-01"] = new(pair => Rebuild(pair, "pci = [ '0000:00:1b.0' ]")),
        ["XM-DEV-02"] = Provocation.None("It is about vnuma, which xend on et-virt08 does not know."),
        ["XM-DEV-03"] = new(pair => Rebuild(pair, "nomigrate = 1")),
        ["XM-DEV-05"] = new(
            pair => Rebuild(pair, $"disk = [ 'tap:aio:{Disk},xvda,w', 'tap:aio:/var/lib/libvirt/images/testvm2.dsk,hdc:cdrom,r' ]"),
            CheckStatus.Warning),
        ["XM-CPU-02"] = new(pair => pair.Virt07.Machine.Processor = HostProcessor.Xeon with { Capabilities = HostProcessor.OldXeon.Capabilities }, CheckStatus.Unknown),
        ["XM-CPU-03"] = new(pair => pair.Virt07.Machine.Processor = HostProcessor.FastXeon, CheckStatus.Warning),
        ["XM-TIM-03"] = new(pair => pair.Virt07.Faults.SetUptime(TimeSpan.FromMinutes(1)), CheckStatus.Warning),
        ["XM-NAM-01"] = new(pair => CreateAtDestination(pair, "guest")),
        ["XM-NAM-02"] = new(pair => CreateAtDestination(pair, "migrating-guest")),
        ["XM-MEM-01"] = new(pair => pair.Virt07.Faults.LimitFreeMemory(4)),
        ["XM-MEM-02"] = new(pair => pair.Virt08.Faults.LimitFreeMemory(1)),
        ["XM-NET-01"] = new(pair => pair.Virt07.Dom0.Bridge.Rename("xenbr0")),
        ["XM-NET-02"] = new(pair => pair.Virt07.Faults.SetBridgeMtu(9000), CheckStatus.Warning),
        ["XM-NET-03"] = new(pair => pair.Virt07.Faults.SetSpanningTree(TimeSpan.FromSeconds(15)), CheckStatus.Warning),
        ["XM-STO-01"] = new(pair => pair.Virt07.Faults.UnmountStorage()),
        ["XM-STO-02"] = new(CopyDisk),
        ["XM-STO-03"] = new(CopyDisk) { WithToken = true, AlsoTold = ["XM-STO-02"] },
        ["XM-STO-04"] = new(pair => pair.Virt07.Faults.MountStorageReadOnly()),
        ["XM-STO-05"] = new(pair => Rebuild(pair, $"disk = [ 'tap:qcow:{Disk},xvda,w' ]"), CheckStatus.Warning),
        ["XM-STO-06"] = new(pair => pair.Virt07.Faults.ExportStorage("rw,async,no_root_squash"), CheckStatus.Warning),
        ["XM-STO-07"] = new(pair => pair.Add("other")),
    };

    private static void Replace(TestPair pair, string path, string text, string by) =>
        _ = pair.Virt07.Files.Write(path, pair.Virt07.Files.ReadText(path).Replace(text, by, StringComparison.Ordinal));

    /// <summary>Starts the guest anew with another line in its configuration; the last line of a name counts.</summary>
    private static void Rebuild(TestPair pair, string line)
    {
        pair.Virt08.Domains.Destroy("guest");
        pair.Virt08.Files.Append("/etc/xen/guest", line + "\n");
        _ = pair.Virt08.Domains.Create("guest", paused: false);
    }

    private static void CreateAtDestination(TestPair pair, string name)
    {
        _ = pair.Virt07.Files.Write("/etc/xen/" + name, $"name = '{name}'\nmemory = 8\n");
        _ = pair.Virt07.Domains.Create(name, paused: false);
    }

    /// <summary>Puts a disk of the same name in the place of the shared one, as who copies it does.</summary>
    private static void CopyDisk(TestPair pair)
    {
        pair.Virt07.Faults.UnmountStorage();
        _ = pair.Virt07.Files.Write(Disk, "a copy");
    }
}
