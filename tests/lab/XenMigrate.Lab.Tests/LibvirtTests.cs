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
    private const string There = "Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live";

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

        MigrationResult back = Move("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -RemoveSourceDefinition -Force");
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
    public void A_daemon_that_was_given_the_save_helper_tells_of_its_rounds() => WithHelper(() =>
    {
        long beat = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", 0);

        MigrationResult live = Move($"{There} -MaximumDowntime 00:00:02");

        Assert.True((live.Outcome, live.ComputerName) == (MigrationOutcome.Succeeded, Lab.Host08), live.Message);
        Assert.True(live.Iteration.Count >= 2, string.Join('\n', live.Transcript));
        Assert.InRange(live.Iteration[0].Pages, 20_000, 24_576);
        Assert.EndsWith("2000 ms are allowed", live.StopReason, StringComparison.Ordinal);
        Assert.True(live.BytesTransferred > 90 << 20, $"{live.BytesTransferred} bytes for 96 MiB");
        beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
        // The other tests want it here.
        Assert.Equal(MigrationOutcome.Succeeded, Move("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live").Outcome);
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
    });

    [LongLabFact]
    public void Its_moves_are_stopped_in_mid_round_or_given_up_and_the_guest_goes_on_where_it_was() => WithHelper(() =>
    {
        string daemon = Lab.Run(Lab.Host07, "pgrep -x libvirtd");

        _ = guest.Module!.RunAndStop(
            // Its port is faster than a test looks.
            $"{There} -Bandwidth 8MB", record => record.CurrentOperation == nameof(MigrationStep.CopyingMemory) && record.PercentComplete >= 20);
        GoesOn(daemon);

        MigrationResult kept = Move($"{There} -MaximumDowntime 00:00:00.001 -OfflineFallback Never");
        Assert.True((kept.Outcome, kept.ErrorId) == (MigrationOutcome.Aborted, MigrationResults.NotConvergingId), kept.Message);
        GoesOn(daemon);
    });

    private static void GoesOn(string daemon)
    {
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        Assert.Empty(Lab.Guests(Lab.Host08));
        Assert.Equal(daemon, Lab.Run(Lab.Host07, "pgrep -x libvirtd"));
        Assert.Contains("testvm1", Lab.Run(Lab.Host07, "virsh -c xen:///system list --name --state-running"), StringComparison.Ordinal);
        Assert.False(LabGuest.IsLogged(Lab.Host07), "What it writes is still logged.");
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", Lab.LastHeartbeat(Lab.Host07, "testvm1"));
    }

    /// <summary>While the daemon of et-virt07 has the helper.</summary>
    private void WithHelper(Action test)
    {
        const string dropIn = "/etc/systemd/system/libvirtd.service.d/xenmigrate.conf";
        const string restart = "systemctl daemon-reload && systemctl --job-mode=ignore-dependencies restart libvirtd";
        Assert.Empty(Run("Install-MigrationHelper et-virt07").Errors);
        _ = Lab.Run(
            Lab.Host07,
            $"printf '[Service]\nEnvironment=LIBXL_SAVE_HELPER=%s\n' /var/lib/xenmigrate/helper/*/xenmigrate-save-helper > {dropIn} && {restart}");
        try
        {
            test();
        }
        finally
        {
            _ = Lab.Run(Lab.Host07, $"rm {dropIn} && {restart}");
        }
    }

    private Outcome Run(string script) => guest.Module!.Run(script);

    private MigrationResult Move(string script) => Assert.IsType<MigrationResult>(Run(script).Single.BaseObject);
}
