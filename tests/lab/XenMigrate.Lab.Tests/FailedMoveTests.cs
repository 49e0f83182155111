namespace XenMigrate.Lab.Tests;

/// <summary>testvm1 alone on et-virt07, which has the disks; et-virt08 has no guest.</summary>
public sealed class GuestOn07 : IDisposable
{
    public GuestOn07()
    {
        if (Lab.ReasonToSkip is not null)
        {
            return;
        }

        Module = new ModuleSession();
        _ = Lab.StartOn07();
    }

    internal ModuleSession? Module { get; }

    public void Dispose() => Module?.Dispose();
}

/// <summary>Six ways to fail: each found before anything is touched, and each survived when nobody looked.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class FailedMoveTests(GuestOn07 guest) : IClassFixture<GuestOn07>
{
    public static TheoryData<string> Breakages { get; } =
        new("UnreachableDestination", "UnknownHostKey", "SameName", "TooLittleMemory", "MissingDisk", "MissingBridge");

    [LabTheory]
    [MemberData(nameof(Breakages))]
    public void A_move_that_would_fail_is_refused_and_one_that_fails_unchecked_leaves_one_copy_at_the_source(string name)
    {
        Breakage breakage = Breakage.Named(name);
        using IDisposable spoilt = breakage.Apply();
        long beat = Lab.LastHeartbeat(Lab.Host07, "testvm1");
        string[] guestsThere = Lab.Guests(Lab.Host08);

        MigrationResult refused = Move("", "PreflightFailed");

        Assert.Equal((MigrationOutcome.Refused, breakage.ErrorId), (refused.Outcome, refused.ErrorId));
        Assert.Contains(breakage.Remedy, refused.Message, StringComparison.Ordinal);
        beat = AssertUntouched(beat, guestsThere);

        MigrationResult failed = Move("-SkipCheck *", breakage.ErrorId);

        Assert.True(
            (failed.Outcome, failed.ErrorId) == (MigrationOutcome.FailedSourceRunning, breakage.ErrorId),
            $"{failed.ErrorId}: {failed.Message}\n{string.Join('\n', failed.Transcript)}");
        Assert.Contains(breakage.Remedy, failed.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failed.Transcript);
        _ = AssertUntouched(beat, guestsThere);
    }

    private MigrationResult Move(string skipping, string errorId)
    {
        Outcome move = guest.Module!.Run(
            $"Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live {skipping}");
        Assert.Equal(errorId, move.ErrorId);
        return Assert.IsType<MigrationResult>(move.Single.BaseObject);
    }

    private static long AssertUntouched(long beat, string[] guestsThere)
    {
        Assert.Equal(["testvm1"], Lab.Guests(Lab.Host07));
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        Assert.Equal(guestsThere, Lab.Guests(Lab.Host08));
        return Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
    }
}
