namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class InterruptedMoveTests
{
    // Soon: a small guest is copied in ten seconds where the machine is quiet, and what is seen of it is a second or two old.
    private static bool IsInTheMiddle(ProgressRecord record) =>
        record.CurrentOperation == nameof(MigrationStep.CopyingMemory) && record.PercentComplete >= 3;

    [LabFact]
    public void A_destination_that_dies_leaves_the_guest_at_the_source_and_a_later_move_works()
    {
        using ModuleSession module = new();
        long beat = Lab.StartOn07();

        Outcome broken = module.RunAnd(
            "Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live",
            IsInTheMiddle,
            () => Lab.Crash(Lab.Host08));

        MigrationResult failed = Assert.IsType<MigrationResult>(broken.Single.BaseObject);
        Assert.Equal((MigrationOutcome.FailedSourceRunning, Lab.Host07), (failed.Outcome, failed.ComputerName));
        Assert.Equal("TransportBroken", broken.ErrorId);
        beat = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);

        // Back with a Xen that can take guests in, and can't log what they write.
        Lab.Boot(Lab.Host08, "4.17-noshadow");
        Outcome again = module.Run("Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live");

        Assert.Empty(again.Errors);
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
        CanNotComeBackLive(module);
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
    }

    private static void CanNotComeBackLive(ModuleSession module)
    {
        const string Back = "Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live";

        MigrationResult refused = Assert.IsType<MigrationResult>(module.Run(Back).Single.BaseObject);
        MigrationResult failed = Assert.IsType<MigrationResult>(module.Run(Back + " -SkipCheck *").Single.BaseObject);

        Assert.Equal((MigrationOutcome.Refused, "LogDirtyUnsupported"), (refused.Outcome, refused.ErrorId));
        Assert.Contains("CONFIG_SHADOW_PAGING", refused.Message, StringComparison.Ordinal);
        Assert.Equal((MigrationOutcome.FailedSourceRunning, "LogDirtyUnsupported"), (failed.Outcome, failed.ErrorId));
    }

    [LongLabFact]
    public void A_client_that_loses_its_connection_finds_out_how_the_move_ended()
    {
        using ModuleSession module = new();
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        Outcome move = module.RunAnd(
            "Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live",
            IsInTheMiddle,
            () => Lab.CutConnections(Lab.Host08));

        MigrationResult result = Assert.IsType<MigrationResult>(move.Single.BaseObject);
        Assert.Equal((MigrationOutcome.Succeeded, Lab.Host07), (result.Outcome, result.ComputerName));
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
    }

    [LabFact]
    public void Ctrl_C_in_the_middle_leaves_the_guest_at_the_source_and_nothing_at_the_destination()
    {
        using ModuleSession module = new();
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        _ = module.RunAndStop("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live", IsInTheMiddle);

        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        if (Lab.Guests(Lab.Host07) is { Length: > 0 } left)
        {
            Assert.Fail($"{string.Join(", ", left)} on et-virt07\n{string.Join('\n', module.Told)}\n{Lab.Run(Lab.Host07, "xl list; ps ax")}");
        }

        Assert.DoesNotContain("xl migrate", Lab.Run(Lab.Host08, "ps ax"), StringComparison.Ordinal);
        Assert.Contains(module.Told, text => text.Contains("Stopped on request", StringComparison.Ordinal));
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
    }

    [LabFact]
    public void A_move_that_takes_too_long_is_stopped_and_the_guest_stays()
    {
        using ModuleSession module = new();

        Outcome move = module.Run(
            "Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live -Timeout 00:00:06");

        Assert.Equal("MigrationTimeout", move.ErrorId);
        Assert.Equal(MigrationOutcome.Aborted, ((MigrationResult)move.Single.BaseObject).Outcome);
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        Assert.Empty(Lab.Guests(Lab.Host07));
    }
}
