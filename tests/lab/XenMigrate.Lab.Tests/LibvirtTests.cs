using XenMigrate.Guests;
using XenMigrate.Migration;
using XenMigrate.Toolstacks;

namespace XenMigrate.Lab.Tests;

/// <summary>testvm1 alone on et-virt07, made and defined by libvirt; et-virt08 has no guest.</summary>
public sealed class LibvirtGuestOn07 : IDisposable
{
    public LibvirtGuestOn07()
    {
        if (Lab.ReasonToSkip is not null)
        {
            return;
        }

        Module = new ModuleSession();
        Lab.Spoil();
        // Another guest of that name has written there, and beaten longer.
        _ = Lab.Run(Lab.Host08, "xl destroy testvm1; xl destroy testvm2; truncate -s 0 /var/log/xen/console/guest-testvm1.log");
        _ = Lab.Run(Lab.Host07, "virsh -c xen:///system define /etc/xen/testvm1.xml && virsh -c xen:///system start testvm1");
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", 0);
    }

    internal ModuleSession? Module { get; }

    public void Dispose() => Module?.Dispose();
}

/// <summary>A guest that libvirt knows, on hosts that have xl too.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class LibvirtTests(LibvirtGuestOn07 guest) : IClassFixture<LibvirtGuestOn07>
{
    [LabFact]
    public void A_guest_of_libvirts_moves_live_and_back_without()
    {
        Guest listed = (Guest)Run("Get-Guest testvm1 -ComputerName et-virt07").Single.BaseObject;
        Assert.Equal(ToolstackKind.Libvirt, listed.Toolstack);
        long beat = Lab.LastHeartbeat(Lab.Host07, "testvm1");

        MigrationResult live = Move("Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live -Persist");
        Assert.True((live.Outcome, live.ComputerName) == (MigrationOutcome.Succeeded, Lab.Host08), live.Message);
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        // Looked at twice a second: the last look may come a second before the end.
        Assert.True(live.BytesTransferred > 64 << 20, $"{live.BytesTransferred} bytes for 96 MiB");
        Assert.Contains("testvm1", Lab.Run(Lab.Host08, "virsh -c xen:///system list --persistent --name"), StringComparison.Ordinal);
        beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);

        MigrationResult back = Move("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -RemoveSourceDefinition");
        Assert.True((back.Outcome, back.Mode) == (MigrationOutcome.Succeeded, MigrationMode.Offline), back.Message);
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        Assert.NotNull(back.Downtime);
        Assert.DoesNotContain("testvm1", Lab.Run(Lab.Host08, "virsh -c xen:///system list --all --name"), StringComparison.Ordinal);
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
    }

    [LongLabFact]
    public void A_guest_of_libvirts_goes_on_after_save_and_restore()
    {
        const string image = "/var/lib/libvirt/images/xenmigrate/testvm1.save";
        long beat = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", 0);

        Assert.Empty(Run($"Save-Guest testvm1 {image} -ComputerName et-virt07").Errors);
        Assert.Empty(Lab.WhereRunning("testvm1"));

        Guest restored = (Guest)Run($"Restore-Guest {image} et-virt07 -PassThru -RemoveFile").Single.BaseObject;
        Assert.Equal("testvm1", restored.Name);
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        Assert.Contains("testvm1", Lab.Run(Lab.Host07, "virsh -c xen:///system list --name"), StringComparison.Ordinal);
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
    }

    [LongLabFact]
    public void A_daemon_that_was_given_the_save_helper_tells_of_its_rounds()
    {
        long beat = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", 0);
        Assert.Empty(Run("Install-MigrationHelper et-virt07").Errors);
        const string dropIn = "/etc/systemd/system/libvirtd.service.d/xenmigrate.conf";
        _ = Lab.Run(
            Lab.Host07,
            $"printf '[Service]\\nEnvironment=LIBXL_SAVE_HELPER=%s\\n' /var/lib/xenmigrate/helper/*/xenmigrate-save-helper > {dropIn} && systemctl daemon-reload && systemctl --job-mode=ignore-dependencies restart libvirtd");
        try
        {
            MigrationResult live = Move("Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live");

            Assert.True((live.Outcome, live.ComputerName) == (MigrationOutcome.Succeeded, Lab.Host08), live.Message);
            Assert.True(live.Iteration.Count >= 2, string.Join('\n', live.Transcript));
            Assert.InRange(live.Iteration[0].Pages, 20_000, 24_576);
            Assert.NotNull(live.StopReason);
            Assert.True(live.BytesTransferred > 90 << 20, $"{live.BytesTransferred} bytes for 96 MiB");
            beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
            // The other tests want it here.
            Assert.Equal(MigrationOutcome.Succeeded, Move("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live").Outcome);
            _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
        }
        finally
        {
            _ = Lab.Run(Lab.Host07, $"rm {dropIn} && systemctl daemon-reload && systemctl --job-mode=ignore-dependencies restart libvirtd");
        }
    }

    private Outcome Run(string script) => guest.Module!.Run(script);

    private MigrationResult Move(string script) => Assert.IsType<MigrationResult>(Run(script).Single.BaseObject);
}
