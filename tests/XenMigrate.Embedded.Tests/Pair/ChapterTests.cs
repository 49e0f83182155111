namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>Everything that the chapter's administrator types, and what it shows there.</summary>
public class ChapterTests
{
    [Fact]
    public async Task Storage_is_exported_by_one_host_and_mounted_on_the_other()
    {
        using TestPair pair = new();

        Assert.Equal("/var/lib/libvirt/images  *(rw,async,no_root_squash)\n", await Output(pair.On07("cat /etc/exports")));
        Assert.Equal("Export list for et-virt07:\n/var/lib/libvirt/images *\n", await Output(pair.On08("showmount -e et-virt07")));
        Assert.Equal(
            "Filesystem           1K-blocks      Used Available Use% Mounted on\n"
            + "et-virt07:/var/lib/libvirt/images  70562400   2379712  64598336   4% /var/lib/libvirt/images\n",
            await Output(pair.On08("df /var/lib/libvirt/images")));
        Assert.Contains("/dev/sdb", await Output(pair.On07("df /var/lib/libvirt/images")));
        Assert.Equal(
            "/var/lib/libvirt/images/testvm1.dsk: x86 boot sector; partition 1: ID=0x83, active, starthead 1, startsector 63, 208782 sectors; "
            + "partition 2: ID=0x8e, starthead 0, startsector 208845, 10265535 sectors, code offset 0x48\n",
            await Output(pair.On08("file /var/lib/libvirt/images/testvm1.dsk")));
    }

    [Fact]
    public async Task A_file_made_on_one_host_is_there_on_the_other()
    {
        using TestPair pair = new();

        _ = await Output(pair.On08("touch /var/lib/libvirt/images/foo"));
        Assert.Equal(0, (await pair.On07("test -e /var/lib/libvirt/images/foo")).ExitCode);
        Assert.Equal(await Output(pair.On07("stat -c %i -- /var/lib/libvirt/images/foo")), await Output(pair.On08("stat -c %i -- /var/lib/libvirt/images/foo")));

        _ = await Output(pair.On08("rm -f /var/lib/libvirt/images/foo"));
        Assert.Equal(1, (await pair.On07("test -e /var/lib/libvirt/images/foo")).ExitCode);
    }

    [Theory]
    [InlineData("et-virt07", "python  3445 root   14u  IPv4  10223       TCP *:teradataordbms (LISTEN)\n")]
    [InlineData("et-virt08", "python  3252 root   14u  IPv4  10901       TCP *:teradataordbms (LISTEN)\n")]
    public async Task Both_hosts_are_ready_to_take_guests(string host, string listener)
    {
        using TestPair pair = new();

        Assert.Equal(
            "bridge name\tbridge id\t\tSTP enabled\tinterfaces\nxenbr1\t\t8000.feffffffffff\tno\t\tpeth1\n\t\t\t\t\t\t\tvif0.1\n",
            await Output(pair.RunAsync(host, "brctl show")));
        Assert.Equal(
            "(xend-relocation-server yes)\n(xend-relocation-port 8002)\n(xend-relocation-address '')\n(xend-relocation-hosts-allow '')\n",
            string.Concat((await Output(pair.RunAsync(host, "grep xend-relocation /etc/xen/xend-config.sxp")))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains('#')).Select(line => line + "\n")));
        Assert.EndsWith(listener, await Output(pair.RunAsync(host, "lsof -i :8002")));
        Assert.StartsWith("COMMAND ", await Output(pair.RunAsync(host, "lsof -i :8002")));
    }

    [Fact]
    public async Task A_guest_is_started_saved_and_restored()
    {
        using TestPair pair = new();
        _ = pair.Virt07.Files.Write("/etc/xen/testvm1", "name = 'testvm1'\nmemory = 8\n");

        Assert.Empty(await GuestsOn07());
        Assert.Equal("Domain testvm1 started\n\n", await Output(pair.On07("virsh start testvm1")));
        Assert.Equal("testvm1 blocked", Assert.Single(await GuestsOn07()));

        CommandResult saved = await pair.On07("time virsh save testvm1 /var/lib/libvirt/images/testvm1.sav");
        Assert.Contains("real\t0m", saved.Error);
        Assert.Matches("^-rwxr-xr-x 1 root root 84[0-9]{5} ", await Output(pair.On07("ls -lrt /var/lib/libvirt/images/testvm1.sav")));
        Assert.Empty(await GuestsOn07());

        _ = await Output(pair.On07("virsh restore /var/lib/libvirt/images/testvm1.sav"));
        Assert.Equal("testvm1 blocked", Assert.Single(await GuestsOn07()));

        async Task<string[]> GuestsOn07() => await Guests(pair.On07("virsh list"));
    }

    [Fact]
    public async Task Restarting_xend_says_so()
    {
        using TestPair pair = new();

        Assert.Matches(@"^restart xend: +\[  OK  \]\n$", await Output(pair.On07("service xend restart")));
    }

    internal static async Task<string> Output(Task<CommandResult> running)
    {
        CommandResult result = await running;
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output;
    }

    /// <summary>Name and state of each guest that virsh lists.</summary>
    internal static async Task<string[]> Guests(Task<CommandResult> running) =>
    [
        .. (await Output(running)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(2)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)))
            .Where(guest => !guest.StartsWith("Domain-0", StringComparison.Ordinal)),
    ];
}
