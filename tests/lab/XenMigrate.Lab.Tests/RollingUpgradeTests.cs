namespace XenMigrate.Lab.Tests;

/// <summary>
/// Hosts are brought to newer versions of Xen in turn, and guests of all types move off each before, with disks that they
/// write to. Takes half an hour.
/// </summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class RollingUpgradeTests(ITestOutputHelper output)
{
    private const string TimeStampCounter = "XM-CPU-03";

    private static readonly RollingGuest[] s_guests =
    [
        new("rpv", GuestType.PV, 171),
        new("rpvh", GuestType.PVH, 172),
        new("rhvm", GuestType.HVM, 173),
    ];

    [LongHvmFact]
    public void Guests_go_from_4_14_by_4_17_to_4_20_with_their_disks_and_not_back()
    {
        using ModuleSession module = new();
        Lab.Clear();
        Lab.Boot(Lab.Host07, "4.14");
        foreach (RollingGuest guest in s_guests)
        {
            guest.Start(Lab.Host07);
        }

        foreach (RollingGuest guest in s_guests)
        {
            MoveLive(module, guest, Lab.Host07, Lab.Host08);
        }

        Lab.Boot(Lab.Host07, "4.20");
        foreach (RollingGuest guest in s_guests)
        {
            MoveLive(module, guest, Lab.Host08, Lab.Host07);
        }

        DoNotGoBack(module, s_guests[1]);
        DoNotGoBack(module, s_guests[2]);
        Lab.Boot(Lab.Host08, "4.20");
        LeavesOffline(module, s_guests[0]);
        MoveLive(module, s_guests[1], Lab.Host07, Lab.Host08);
    }

    private void MoveLive(ModuleSession module, RollingGuest guest, string from, string to)
    {
        long beat = Lab.LastHeartbeat(from, guest.Name);
        CheckResult[] checks = Checks(module, guest, from, to);
        // How fast an emulated time stamp counter runs is measured anew at each boot, by a busy machine.
        Assert.All(checks, check => Assert.True(check.Id == TimeStampCounter || check.Status != CheckStatus.Failed, check.ToString()));
        Assert.Equal(CheckStatus.Passed, Single(checks, "XM-VER-02").Status);
        Assert.Equal(CheckStatus.Passed, Single(checks, "XM-GST-02").Status);
        Assert.True(Single(checks, "XM-CPU-02").Status == CheckStatus.Passed, Single(checks, "XM-CPU-02").ToString());

        MigrationResult moved = Move(module, guest, from, to, $"-Live -SkipCheck {TimeStampCounter}");

        Assert.True((moved.Outcome, moved.ComputerName) == (MigrationOutcome.Succeeded, to), moved.Message);
        _ = Lab.WaitForHeartbeat(to, guest.Name, beat);
        guest.Writes(to, $"written on {to}");
        output.WriteLine($"{guest.Name}, Xen {Lab.Version(from)} to {Lab.Version(to)}: {moved.Duration.TotalSeconds:0} s, paused {moved.Downtime?.TotalSeconds:0.0} s, guest's own {Lab.Gaps(to, guest.Name).Max().TotalSeconds:0.0} s");
    }

    /// <summary>To an older Xen: found before, and survived where nobody looked.</summary>
    private void DoNotGoBack(ModuleSession module, RollingGuest guest)
    {
        CheckResult version = Single(Checks(module, guest, Lab.Host07, Lab.Host08), "XM-VER-02");
        Assert.True((version.Status, version.ErrorId) == (CheckStatus.Failed, "NotSupportedByToolstack"), version.ToString());
        long beat = Lab.LastHeartbeat(Lab.Host07, guest.Name);

        MigrationResult failed = Move(module, guest, Lab.Host07, Lab.Host08, "-Live -SkipCheck *");

        output.WriteLine($"{guest.Name}, back: {failed}. {failed.Message}\n{string.Join('\n', failed.Transcript)}");
        Assert.True((failed.Outcome, failed.ErrorId) == (MigrationOutcome.FailedSourceRunning, "CpuIncompatible"), failed.Message);
        Assert.Contains(failed.Transcript, line => line.Contains("Unable to restore HVM context", StringComparison.Ordinal));
        Assert.Equal([Lab.Host07], Lab.WhereRunning(guest.Name));
        _ = Lab.WaitForHeartbeat(Lab.Host07, guest.Name, beat);
    }

    /// <summary>Xen 4.20 can't log what PV guests write.</summary>
    private static void LeavesOffline(ModuleSession module, RollingGuest guest)
    {
        CheckResult log = Single(Checks(module, guest, Lab.Host07, Lab.Host08), "XM-GST-02");
        Assert.True((log.Status, log.ErrorId) == (CheckStatus.Failed, "LogDirtyUnsupported"), log.ToString());
        Assert.Contains("without -Live", log.Remediation, StringComparison.Ordinal);
        Assert.Equal(MigrationOutcome.Refused, Move(module, guest, Lab.Host07, Lab.Host08, "-Live").Outcome);
        long beat = Lab.LastHeartbeat(Lab.Host07, guest.Name);

        MigrationResult offline = Move(module, guest, Lab.Host07, Lab.Host08, $"-Force -SkipCheck {TimeStampCounter}");

        Assert.True((offline.Outcome, offline.Mode) == (MigrationOutcome.Succeeded, MigrationMode.Offline), offline.Message);
        _ = Lab.WaitForHeartbeat(Lab.Host08, guest.Name, beat);
        guest.Writes(Lab.Host08, "written after it came offline");
    }

    private static MigrationResult Move(ModuleSession module, RollingGuest guest, string from, string to, string how) =>
        Assert.IsType<MigrationResult>(
            module.Run($"Move-Guest {guest.Name} -ComputerName {from} -Destination {to} {how}").Single.BaseObject);

    private static CheckResult[] Checks(ModuleSession module, RollingGuest guest, string from, string to) =>
        [.. module.Run($"Test-MigrationEnvironment {from} {to} -Name {guest.Name}").Output.Select(o => (CheckResult)o.BaseObject)];

    private static CheckResult Single(CheckResult[] checks, string id) => Assert.Single(checks, check => check.Id == id);
}

/// <summary>A guest with a disk, in whose last sector it writes what it is told to.</summary>
internal sealed record RollingGuest(string Name, GuestType Type, int Address)
{
    private string Disk => $"/var/lib/libvirt/images/{Name}.img";

    /// <summary>An HVM guest starts from its disk.</summary>
    public void Start(string host)
    {
        bool boots = Type == GuestType.HVM;
        string options = $"--type {Type.ToString().ToLowerInvariant()}{(boots ? " --boot" : "")}";
        string disk = boots ? $"rm -f {Disk}" : $"rm -f {Disk} && truncate -s 16M {Disk}";
        string words = $"{Name} 10.77.0.{Address} {(boots ? 160 : 128)} 0 0 {Disk}";
        _ = Lab.Run(host, $"{disk} && lab-guest {options} {words} > /root/{Name}.cfg && xl create -q /root/{Name}.cfg");
        _ = Lab.WaitForHeartbeat(host, Name, 0, LabGuest.TimeToBoot);
        Writes(host, "written where it started");
    }

    /// <summary>Tells it, by its console, to write a text, and waits until the disk has it.</summary>
    public void Writes(string host, string text) => Assert.Equal(text, Lab.Run(
        host,
        $"""
        last=$(($(stat -c %s {Disk}) / 512 - 1))
        echo "echo {text} | dd of=/dev/xvda bs=512 seek=$last conv=sync,fsync 2>/dev/null" > "$(xenstore-read /local/domain/$(xl domid {Name})/console/tty)"
        for try in $(seq 60); do
          now=$(dd if={Disk} bs=512 skip=$last count=1 2>/dev/null | tr -d '\0')
          [ "$now" = "{text}" ] && break
          sleep 0.5
        done
        echo "$now"
        """).Trim());
}
