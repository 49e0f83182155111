namespace XenMigrate.Lab.Tests;

/// <summary>Storage and bridges of real hosts, spoilt: testvm1 on et-virt08, to go to et-virt07.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class StorageCheckTests : IDisposable
{
    private const string Images = "/var/lib/libvirt/images";

    private static readonly (string Name, CheckStatus Status, string Id)[] s_spoilt =
    [
        ("RootSquash", CheckStatus.Failed, "XM-STO-06"),
        ("ShortFrames", CheckStatus.Warning, "XM-NET-02"),
        ("SpanningTree", CheckStatus.Warning, "XM-NET-03"),
        ("DiskOfTwo", CheckStatus.Failed, "XM-STO-07"),
        ("ImmutableDisk", CheckStatus.Failed, "XM-STO-04"),
    ];

    private readonly ModuleSession? _module = Lab.ReasonToSkip is null ? new ModuleSession() : null;

    /// <summary>At once, since each look at two emulated hosts takes its time.</summary>
    [LabFact]
    public void What_is_spoilt_is_found_by_its_checks_and_gone_when_it_is_mended()
    {
        CheckResult[] spoilt;
        Stack<IDisposable> breakages = new();
        try
        {
            foreach ((string name, _, _) in s_spoilt)
            {
                breakages.Push(BreakageOf(name).Apply());
            }

            spoilt = Checks();
        }
        finally
        {
            while (breakages.TryPop(out IDisposable? breakage))
            {
                breakage.Dispose();
            }
        }

        CheckResult[] mended = Checks();

        Assert.All(s_spoilt, row =>
        {
            Breakage breakage = BreakageOf(row.Name);
            CheckResult result = spoilt.Single(result => result.Id == row.Id);
            Assert.True(result.Status == row.Status, result.ToString());
            Assert.Contains(breakage.Remedy, result.Remediation, StringComparison.Ordinal);
            Assert.Equal(row.Status == CheckStatus.Failed ? breakage.ErrorId : null, result.ErrorId);
            Assert.NotNull(result.Evidence);
            // What /etc/exports says, async, is a warning itself.
            Assert.Equal(
                row.Id == "XM-STO-06" ? CheckStatus.Warning : CheckStatus.Passed,
                mended.Single(result => result.Id == row.Id).Status);
        });
    }

    [LabFact]
    public void A_token_goes_both_ways_and_is_removed()
    {
        CheckResult result = Check("XM-STO-03", "-IncludeWriteTest");

        Assert.True(result.Status == CheckStatus.Passed, result.ToString());
        Assert.DoesNotContain(".xenmigrate", Lab.Run(Lab.Host07, $"ls -A {Images}"), StringComparison.Ordinal);
    }

    [LongLabFact]
    public void A_token_shows_a_share_that_is_not_mounted()
    {
        // Guests keep what they have open.
        Breakage unmounted = new(
            "DiskNotShared",
            "Mount one storage",
            Lab.Host08,
            $"umount -l {Images}",
            $"mount -t nfs -o vers=4.2,hard,timeo=50 et-virt07:{Images} {Images}");
        CheckResult result;
        using (unmounted.Apply())
        {
            result = Check("XM-STO-03", "-IncludeWriteTest");
            Assert.DoesNotContain(".xenmigrate", Lab.Run(Lab.Host08, $"ls -A {Images}"), StringComparison.Ordinal);
        }

        Assert.True((result.Status, result.ErrorId) == (CheckStatus.Failed, unmounted.ErrorId), result.ToString());
        Assert.Contains(unmounted.Remedy, result.Remediation, StringComparison.Ordinal);
        Assert.DoesNotContain(".xenmigrate", Lab.Run(Lab.Host07, $"ls -A {Images}"), StringComparison.Ordinal);
    }

    public void Dispose() => _module?.Dispose();

    private static Breakage BreakageOf(string name) => name switch
    {
        "RootSquash" => new(
            "DiskNotWritable",
            "no_root_squash",
            Lab.Host07,
            $"exportfs -o rw,async,root_squash,no_subtree_check '*:{Images}'",
            "exportfs -ra"),
        "ShortFrames" => new(
            "BridgeMissing", "ip link set xenbr1 mtu 1400", Lab.Host08, "ip link set xenbr1 mtu 1400", "ip link set xenbr1 mtu 1500"),
        // Forward delay 0 and the protocol exclude each other, so that the order matters.
        "SpanningTree" => new(
            "BridgeMissing",
            "brctl stp xenbr1 off",
            Lab.Host07,
            "ip link set xenbr1 type bridge forward_delay 200 && ip link set xenbr1 type bridge stp_state 1",
            "ip link set xenbr1 type bridge stp_state 0 && ip link set xenbr1 type bridge forward_delay 0 && sleep 5"),
        "DiskOfTwo" => new(
            "DiskInUse",
            "xl block-detach",
            Lab.Host07,
            $"lab-guest twin 10.77.0.111 96 0 0 {Images}/testvm1.img > /root/twin.cfg && xl create -q -p /root/twin.cfg",
            "xl destroy twin"),
        _ => new(
            "DiskNotWritable",
            $"lsattr {Images}/testvm1.img",
            Lab.Host07,
            $"chattr +i {Images}/testvm1.img",
            $"chattr -i {Images}/testvm1.img"),
    };

    private CheckResult Check(string id, string options) => Checks(options).Single(result => result.Id == id);

    private CheckResult[] Checks(string options = "") =>
    [
        .. _module!.Run($"Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 {options}").Output
            .Select(output => (CheckResult)output.BaseObject),
    ];
}
