namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>The engine reads the embedded hosts with the parsers that it reads real ones with.</summary>
public class ParsedByTheEngineTests
{
    private const string Disk = "/var/lib/libvirt/images/testvm1.dsk";

    [Fact]
    public async Task Bridges_addresses_and_boot_ids_are_read()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt08");

        Assert.Equal("xenbr1", Assert.Single(await Bridges.Question("et-virt08").AskAsync(shell, default)));
        Assert.Contains("10.0.0.8", await Addresses.Question("et-virt08").AskAsync(shell, default));
        Assert.Equal(pair.Virt08.Machine.BootId.ToString(), await BootId.Question.AskAsync(shell, default));
        Assert.NotEqual(pair.Virt07.Machine.BootId, pair.Virt08.Machine.BootId);
    }

    [Fact]
    public async Task Each_start_of_the_pair_has_machines_of_its_own()
    {
        using TestPair pair = new();
        using TestPair later = new();
        async Task<HostIdentity> IdentityAsync(TestPair of, string name)
        {
            using IHostShell shell = of.Shell(name);
            MachineMarks marks = await MachineMarks.Question.AskAsync(shell, default);
            return new HostIdentity(marks.Installation, marks.Hardware, null);
        }

        HostIdentity one = await IdentityAsync(pair, "et-virt08");

        Assert.True(one.IsSame(await IdentityAsync(pair, "et-virt08")));
        Assert.False(one.IsSame(await IdentityAsync(pair, "et-virt07")));
        Assert.False(one.IsSame(await IdentityAsync(later, "et-virt08")));
    }

    [Fact]
    public async Task The_disk_is_seen_to_be_the_same_on_both_hosts()
    {
        using TestPair pair = new();
        (HostFacts facts07, DiskFile disk07) = await FactsAsync(pair, "et-virt07");
        (HostFacts facts08, DiskFile disk08) = await FactsAsync(pair, "et-virt08");

        SharedStorage there = SharedStorage.Compare(Facts(facts08, facts07), disk08, disk07);
        SharedStorage back = SharedStorage.Compare(Facts(facts07, facts08), disk07, disk08);

        Assert.Equal(new SharedStorage(true, "the same file that one of the hosts exports to the other by NFS, inode, and size"), there);
        Assert.Equal(there, back);
        Assert.Equal(5L * 1024 * 1024 * 1024, disk08.SizeBytes);
    }

    [Fact]
    public async Task An_unmounted_share_takes_the_disk_away()
    {
        using TestPair pair = new();
        pair.Virt08.Faults.UnmountStorage();

        (_, DiskFile gone) = await FactsAsync(pair, "et-virt08");
        pair.Pair.Reset();
        (_, DiskFile back) = await FactsAsync(pair, "et-virt08");

        Assert.False(gone.Exists);
        Assert.True(back.Exists);
    }

    [Fact]
    public async Task The_configuration_of_xend_is_read()
    {
        using TestPair pair = new();
        using IHostShell shell = pair.Shell("et-virt07");

        XendConfiguration configuration = await XendConfiguration.Question("et-virt07").AskAsync(shell, default);

        Assert.True(configuration.RelocationServer);
        Assert.Equal(8002, configuration.RelocationPort);
        Assert.True(configuration.HostsAllow.AdmitsEverybody);
    }

    private static async Task<(HostFacts, DiskFile)> FactsAsync(TestPair pair, string host)
    {
        using IHostShell shell = pair.Shell(host);
        HostFacts none = HostFacts.Unreachable(host, "not asked");
        IReadOnlyList<Mount> mounts = await Mounts.Question(host).AskAsync(shell, default);
        IReadOnlyList<string> addresses = await Addresses.Question(host).AskAsync(shell, default);
        Assert.All(addresses, address => Assert.True(IPAddress.TryParse(address, out _)));
        Evidence evidence = new(host, "", 0, "");
        return (
            none with
            {
                Mounts = new Answer<IReadOnlyList<Mount>>(mounts, null, evidence),
                Addresses = new Answer<IReadOnlyList<string>>(addresses, null, evidence),
            },
            await DiskFile.FileQuestion(host, Disk).AskAsync(shell, default));
    }

    private static PairFacts Facts(HostFacts source, HostFacts destination) =>
        new(source, destination, destination.Host, Answer<SshProbe>.None(source.Host, "not asked"));
}
