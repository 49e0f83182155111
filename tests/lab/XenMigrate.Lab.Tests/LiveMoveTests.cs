namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class LiveMoveTests
{
    [LabFact]
    public void A_guest_that_runs_moves_there_and_back()
    {
        using ModuleSession module = new();
        Guest before = (Guest)module.Run("Get-Guest testvm1 -ComputerName et-virt08").Single.BaseObject;
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        for (int move = 0; move < (Lab.HasTime ? 6 : 2); move++)
        {
            (string from, string to) = move % 2 == 0 ? (Lab.Host08, Lab.Host07) : (Lab.Host07, Lab.Host08);
            Outcome moved = module.Run($"Get-Guest testvm1 -ComputerName {from} | Move-Guest -Destination {to} -Live");

            Assert.Empty(moved.Errors);
            MigrationResult result = Assert.IsType<MigrationResult>(moved.Single.BaseObject);
            Assert.Equal((MigrationOutcome.Succeeded, to), (result.Outcome, result.ComputerName));
            Assert.Equal(before.Uuid, result.Uuid);
            Assert.Equal([to], Lab.WhereRunning("testvm1"));
            Assert.InRange(result.Downtime!.Value.TotalSeconds, 0.5, 90);
            Assert.Equal(DowntimeBasis.LogMarkers, result.DowntimeBasis);
            Assert.True(result.BytesTransferred > 90 << 20, $"{result.BytesTransferred} bytes for 96 MiB");
            beat = Lab.WaitForHeartbeat(to, "testvm1", beat);
            // What we call downtime begins before the guest's own gap and ends after it: both hosts' clocks, and an
            // emulated processor's pace, are in the difference.
            Assert.InRange(Lab.LastGap(to, "testvm1").TotalSeconds, 0.15, result.Downtime.Value.TotalSeconds + 2);
        }
    }

    [LongLabFact]
    public void A_guest_that_writes_all_the_time_moves_too_and_its_progress_is_seen()
    {
        using ModuleSession module = new();

        Outcome move = module.Run("Move-Guest testvm2 -ComputerName et-virt08 -Destination et-virt07 -Live -PassThru");

        Assert.Empty(move.Errors);
        Guest there = Assert.IsType<Guest>(move.Single.BaseObject);
        Assert.Equal((Lab.Host07, "testvm2"), (there.ComputerName, there.Name));
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm2"));
        int[] percents = [.. move.Progress.Where(record => record.CurrentOperation == nameof(MigrationStep.CopyingMemory)).Select(r => r.PercentComplete)];
        Assert.True(percents.Length >= 5, $"{percents.Length} records while memory was copied");
        Assert.Equal(percents.Order(), percents);
        Assert.Equal(ProgressRecordType.Completed, move.Progress[^1].RecordType);
    }

    [LabFact]
    public void WhatIf_moves_nothing()
    {
        using ModuleSession module = new();

        Outcome move = module.Run("Get-Guest -ComputerName et-virt08 | Move-Guest -Destination et-virt07 -Live -WhatIf");

        Assert.Empty(move.Errors);
        Assert.Empty(move.Output);
        Assert.Equal(["testvm1", "testvm2"], Lab.Guests(Lab.Host08).Order());
        Assert.Empty(Lab.Guests(Lab.Host07));
    }
}
