namespace XenMigrate.Lab.Tests;

/// <summary>What PV guests do, PVH and HVM guests do too, on hosts whose processors are AMD's.</summary>
public abstract class UnmodifiedGuestTests(StartedGuest started)
{
    private LabGuest Subject => started.Guest;

    [HvmFact]
    public void It_is_found_fit_to_move_and_moves_live_there_and_back()
    {
        for (int move = 0; move < 2; move++)
        {
            (string from, string to, long beat) = Place();
            Assert.Equal(Subject.Type, ((Guest)started.Module.Run($"Get-Guest {Subject.Name} -ComputerName {from}").Single.BaseObject).Type);
            CheckResult[] checks = [.. started.Module.Run($"Test-MigrationEnvironment {from} {to} -Name {Subject.Name}").Output.Select(o => (CheckResult)o.BaseObject)];
            Assert.DoesNotContain(checks, check => check.Status == CheckStatus.Failed);
            CheckResult features = Assert.Single(checks, check => check.Id == "XM-CPU-02");
            Assert.True(features.Status == CheckStatus.Passed, features.ToString());

            MigrationResult result = Move("-Live", from, to);

            Arrived(result, MigrationMode.Live, to, beat);
            Assert.True(result.BytesTransferred > 40 << 20, $"{result.BytesTransferred} bytes");
            // Begins before the guest's own gap, and ends after it.
            Assert.InRange(Lab.LastGap(to, Subject.Name).TotalSeconds, 0.15, result.Downtime!.Value.TotalSeconds + 2);
        }
    }

    [LongHvmFact]
    public void It_moves_offline()
    {
        (string from, string to, long beat) = Place();

        Arrived(Move("-Force", from, to), MigrationMode.Offline, to, beat);
    }

    [LongHvmFact]
    public void It_goes_on_where_it_was_after_save_and_restore()
    {
        string image = $"/var/lib/libvirt/images/xenmigrate/{Subject.Name}.save";
        (string host, _, long beat) = Place();

        Assert.Empty(started.Module.Run($"Save-Guest {Subject.Name} {image} -ComputerName {host}").Errors);
        Assert.Empty(Lab.WhereRunning(Subject.Name));

        Assert.Empty(started.Module.Run($"Restore-Guest {image} {host} -RemoveFile").Errors);
        Assert.Equal([host], Lab.WhereRunning(Subject.Name));
        _ = Lab.WaitForHeartbeat(host, Subject.Name, beat);
    }

    [LongHvmFact]
    public void The_save_helper_gives_up_where_the_pause_would_be_too_long_and_packs_its_memory()
    {
        Assert.Empty(started.Module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        (string from, string to, _) = Place();

        // Its journals tell of no move before: where one does, so short a pause is refused beforehand.
        string journals = Path.Combine(Path.GetTempPath(), $"xenmigrate-held-{Guid.NewGuid():N}");
        MigrationResult held = Move($"-Live -SkipCheck * -MaximumDowntime 00:00:00.05 -EnforceDowntime -LogPath {journals}", from, to);
        Directory.Delete(journals, recursive: true);

        Assert.True((held.Outcome, held.ErrorId) == (MigrationOutcome.Aborted, MigrationResults.NotConvergingId), held.Message);
        GoesOn(from, to);

        (_, _, long beat) = Place();
        MigrationResult packed = Move("-Live -Compression Zstd", from, to);

        Arrived(packed, MigrationMode.Live, to, beat);
        Assert.True(packed.Iteration.Count >= 2, string.Join('\n', packed.Transcript));
        Assert.True(packed.BytesTransferred < 40 << 20, $"{packed.BytesTransferred} bytes");
        Assert.False(LabGuest.IsLogged(from));
    }

    [LongHvmFact]
    public void Ctrl_C_in_the_middle_leaves_it_at_the_source_and_nothing_at_the_destination()
    {
        (string from, string to, _) = Place();

        _ = started.Module.RunAndStop(Words("-Live", from, to), IsInTheMiddle);

        Assert.DoesNotContain("xl migrate", Lab.Run(from, "ps ax"), StringComparison.Ordinal);
        GoesOn(from, to);
    }

    [LongHvmFact]
    public void A_destination_that_dies_leaves_it_at_the_source_and_a_later_move_works()
    {
        (string from, string to, long beat) = Place();

        Outcome broken = started.Module.RunAnd(Words("-Live", from, to), IsInTheMiddle, () => Lab.Crash(to));

        MigrationResult failed = Assert.IsType<MigrationResult>(broken.Single.BaseObject);
        Assert.Equal((MigrationOutcome.FailedSourceRunning, from), (failed.Outcome, failed.ComputerName));
        Assert.Equal("TransportBroken", broken.ErrorId);
        beat = Lab.WaitForHeartbeat(from, Subject.Name, beat);

        Lab.Up();
        Arrived(Move("-Live", from, to), MigrationMode.Live, to, beat);
    }

    private static bool IsInTheMiddle(ProgressRecord record) =>
        record.CurrentOperation == nameof(MigrationStep.CopyingMemory) && record.PercentComplete >= 1;

    /// <summary>Where it runs, where it is to go, and its last heartbeat.</summary>
    private (string From, string To, long Beat) Place()
    {
        string from = Assert.Single(Lab.WhereRunning(Subject.Name));
        return (from, from == Lab.Host08 ? Lab.Host07 : Lab.Host08, Lab.WaitForHeartbeat(from, Subject.Name, 0));
    }

    private string Words(string how, string from, string to) => $"Move-Guest {Subject.Name} -ComputerName {from} -Destination {to} {how}";

    private MigrationResult Move(string how, string from, string to) =>
        Assert.IsType<MigrationResult>(started.Module.Run(Words(how, from, to)).Single.BaseObject);

    private void Arrived(MigrationResult result, MigrationMode mode, string to, long beat)
    {
        Assert.True((result.Outcome, result.Mode, result.ComputerName) == (MigrationOutcome.Succeeded, mode, to), result.Message);
        Assert.Equal([to], Lab.WhereRunning(Subject.Name));
        _ = Lab.WaitForHeartbeat(to, Subject.Name, beat);
    }

    private void GoesOn(string from, string to)
    {
        Assert.Equal([from], Lab.WhereRunning(Subject.Name));
        Assert.Empty(Lab.Guests(to));
        Assert.False(LabGuest.IsLogged(from), "What it writes is still logged.");
        _ = Lab.WaitForHeartbeat(from, Subject.Name, Lab.LastHeartbeat(from, Subject.Name));
    }
}
