namespace XenMigrate.Lab.Tests;

/// <summary>Moves whose memory is carried by our own save helper, installed on both hosts.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class HelperTests
{
    private const string There = "Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live";
    private const string Back = "Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live";

    [LabFact]
    public void An_installed_helper_shows_its_rounds_and_packs_the_memory_and_leaves_no_trace_when_removed()
    {
        using ModuleSession module = new();
        Assert.Equal(MigrationHelperState.Absent, Helper(module.Run("Get-MigrationHelper et-virt08")).State);
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        Assert.Equal(MigrationHelperState.Ready, Helper(module.Run("Get-MigrationHelper et-virt08")).State);
        Assert.Equal("root 700", Lab.Run(Lab.Host08, "stat -c '%U %a' /var/lib/xenmigrate").Trim());
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        MigrationResult plain = Result(module.Run(There + " -MaximumDowntime 00:00:03"));

        Assert.True(plain.Outcome == MigrationOutcome.Succeeded, plain.Message);
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        beat = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
        Assert.True(plain.Iteration.Count >= 2, string.Join('\n', plain.Transcript));
        Assert.InRange(plain.Iteration[0].Pages, 20_000, 24_576);
        Assert.Equal(ConvergenceDecision.StopAndCopy, plain.Iteration[^1].Decision);
        Assert.InRange(plain.PredictedDowntime!.Value.TotalSeconds, 0, 3);
        Assert.Equal(plain.BytesTransferred!.Value, plain.Iteration.Sum(round => round.Bytes), plain.BytesTransferred.Value * 0.02);
        Assert.False(LabGuest.IsLogged(Lab.Host08));

        MigrationResult packed = Result(module.Run(Back + " -Compression Zstd"));

        Assert.True(packed.Outcome == MigrationOutcome.Succeeded, packed.Message);
        Assert.True(packed.BytesTransferred < plain.BytesTransferred / 3, $"{packed.BytesTransferred} of {plain.BytesTransferred} bytes");
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);

        Assert.Empty(module.Run("Uninstall-MigrationHelper et-virt07, et-virt08 -Confirm:$false").Errors);
        Assert.Equal("absent", Lab.Run(Lab.Host08, "test -e /var/lib/xenmigrate && echo there || echo absent").Trim());
    }

    [LabFact]
    public void A_guest_whose_pause_is_held_to_less_than_its_last_pass_needs_goes_on_at_the_source()
    {
        using ModuleSession module = new();
        LabGuest.Idle.Start();
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        TimeSpan limit = TimeSpan.FromSeconds(0.05);

        MigrationResult held = Result(module.Run(
            $"Move-Guest idle -ComputerName et-virt08 -Destination et-virt07 -Live -SkipCheck * -MaximumDowntime {limit} -EnforceDowntime"));

        Assert.True((held.Outcome, held.ErrorId) == (MigrationOutcome.Aborted, MigrationResults.NotConvergingId), held.Message);
        StaysAtSource("idle");
        Assert.All(Lab.Gaps(Lab.Host08, "idle"), gap => Assert.InRange(gap, TimeSpan.Zero, limit + TimeSpan.FromSeconds(2)));
    }

    [LongLabFact]
    public void A_guest_that_outruns_the_network_stays_or_finishes_offline_as_asked()
    {
        using ModuleSession module = new();
        LabGuest busy = LabGuest.Busy;
        busy.Start();
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        string move = $"Move-Guest {busy.Name} -ComputerName et-virt08 -Destination et-virt07 -Live -SkipCheck * -MaximumDowntime 00:00:00.3";

        MigrationResult kept = Result(module.Run(move + " -OfflineFallback Never"));

        Assert.True((kept.Outcome, kept.ErrorId) == (MigrationOutcome.Aborted, MigrationResults.NotConvergingId), kept.Message);
        long beat = StaysAtSource(busy.Name);

        MigrationResult finished = Result(module.Run(move + " -OfflineFallback Always"));

        Assert.True((finished.Outcome, finished.Mode) == (MigrationOutcome.Succeeded, MigrationMode.LiveThenOffline), finished.Message);
        Assert.Equal([Lab.Host07], Lab.WhereRunning(busy.Name));
        _ = Lab.WaitForHeartbeat(Lab.Host07, busy.Name, beat);
    }

    [LongLabFact]
    public void A_guest_that_was_saved_through_the_helper_is_restored_without_it()
    {
        const string image = "/var/lib/libvirt/images/xenmigrate/testvm1-helper.save";
        using ModuleSession module = new();
        Assert.Empty(module.Run("Install-MigrationHelper et-virt08").Errors);
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        _ = Lab.Run(Lab.Host08, $"LIBXL_SAVE_HELPER=$(echo /var/lib/xenmigrate/helper/*/xenmigrate-save-helper) xl save testvm1 {image}");
        Assert.Empty(Lab.WhereRunning("testvm1"));
        Assert.Empty(module.Run("Uninstall-MigrationHelper et-virt08 -Confirm:$false").Errors);

        Assert.Empty(module.Run($"Restore-Guest {image} et-virt08 -RemoveFile").Errors);
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
    }

    private static long StaysAtSource(string guest)
    {
        Assert.Equal([Lab.Host08], Lab.WhereRunning(guest));
        Assert.Empty(Lab.Guests(Lab.Host07));
        Assert.False(LabGuest.IsLogged(Lab.Host08), "What it writes is still logged.");
        return Lab.WaitForHeartbeat(Lab.Host08, guest, Lab.LastHeartbeat(Lab.Host08, guest));
    }

    private static MigrationHelper Helper(Outcome outcome) => Assert.IsType<MigrationHelper>(outcome.Single.BaseObject);

    private static MigrationResult Result(Outcome outcome) => Assert.IsType<MigrationResult>(outcome.Single.BaseObject);
}
