using XenMigrate.Migration;

namespace XenMigrate.Lab.Tests;

/// <summary>Six ways to fail: each found before anything is touched, and each survived when nobody looked.</summary>
[Collection("Lab")]
public sealed class FailedMoveTests
{
    public static TheoryData<string> Breakages { get; } =
        new("UnreachableDestination", "UnknownHostKey", "SameName", "TooLittleMemory", "MissingDisk", "MissingBridge");

    [LabTheory]
    [MemberData(nameof(Breakages))]
    public void A_move_that_would_fail_is_refused_with_the_reason_and_the_remedy(string name)
    {
        using ModuleSession module = new();
        Breakage breakage = Prepare(name);
        string[] guestsThere = Lab.Guests(Lab.Host08);

        Outcome move = module.Run("Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live");

        Assert.Equal("PreflightFailed", move.ErrorId);
        MigrationResult result = Assert.IsType<MigrationResult>(move.Single.BaseObject);
        Assert.Equal((MigrationOutcome.Refused, breakage.ErrorId), (result.Outcome, result.ErrorId));
        Assert.Contains(breakage.Remedy, result.Message, StringComparison.Ordinal);
        AssertUntouched(guestsThere);
    }

    [LabTheory]
    [MemberData(nameof(Breakages))]
    public void A_move_that_fails_unchecked_leaves_one_copy_at_the_source(string name)
    {
        using ModuleSession module = new();
        Breakage breakage = Prepare(name);
        string[] guestsThere = Lab.Guests(Lab.Host08);

        Outcome move = module.Run("Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live -SkipCheck *");

        Assert.Equal(breakage.ErrorId, move.ErrorId);
        MigrationResult result = Assert.IsType<MigrationResult>(move.Single.BaseObject);
        Assert.Equal((MigrationOutcome.FailedSourceRunning, breakage.ErrorId), (result.Outcome, result.ErrorId));
        Assert.Contains(breakage.Remedy, result.Message, StringComparison.Ordinal);
        Assert.NotEmpty(result.Transcript);
        AssertUntouched(guestsThere);
    }

    /// <summary>A guest of ours on et-virt07, which has the disks, and a destination et-virt08 that is spoilt.</summary>
    private static Breakage Prepare(string name)
    {
        _ = Lab.Run(Lab.Host08, "xl destroy testvm1");
        _ = Lab.Run(Lab.Host08, "xl destroy testvm2");
        _ = Lab.Run(Lab.Host07, "xl create -q /etc/xen/testvm1.cfg");
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", 0);
        Breakage breakage = (Breakage)typeof(Breakage).GetProperty(name)!.GetValue(null)!;
        breakage.Break(Lab.Host08);
        return breakage;
    }

    private static void AssertUntouched(string[] guestsThere)
    {
        long beat = Lab.LastHeartbeat(Lab.Host07, "testvm1");
        Assert.Equal(["testvm1"], Lab.Guests(Lab.Host07));
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        Assert.Equal(guestsThere, Lab.Guests(Lab.Host08));
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
    }
}
