namespace XenMigrate.Lab.Tests;

/// <summary>A guest that outruns the network is given less processor time by the save helper, by credit2's cap.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class ThrottledMoveTests
{
    private const string Helper = "xenmigrate-save-helper --save-domain";
    private static readonly LabGuest s_guest = LabGuest.Busy;
    private static readonly string s_move =
        $"Move-Guest {s_guest.Name} -ComputerName et-virt08 -Destination et-virt07 -Live -SkipCheck * "
            + "-MaximumDowntime 00:00:00.3 -OfflineFallback Never -Throttle";

    [LongLabFact]
    public void A_throttled_guest_has_its_processor_time_back_once_its_move_is_given_up()
    {
        using ModuleSession module = Start();
        Task<int> throttled = Task.Run(WaitForCap);

        MigrationResult kept = Result(module.Run(s_move));

        Assert.True((kept.Outcome, kept.ErrorId) == (MigrationOutcome.Aborted, MigrationResults.NotConvergingId), kept.Message);
        Assert.Equal(50, throttled.GetAwaiter().GetResult());
        Assert.Contains(kept.Iteration, round => round.Reason.Contains("the guest gets 20 % of its processors' time", StringComparison.Ordinal));
        RunsUnthrottled();
    }

    [LongLabFact]
    public void Or_once_the_helper_that_throttled_it_is_killed()
    {
        using ModuleSession module = Start();
        Task<string> killed = Task.Run(() =>
        {
            _ = WaitForCap();
            return Lab.Kill(Lab.Host08, Helper);
        });

        MigrationResult broken = Result(module.Run(s_move));

        Assert.NotEmpty(killed.GetAwaiter().GetResult().Trim());
        Assert.True(broken.Outcome == MigrationOutcome.FailedSourceRunning, broken.Message);
        RunsUnthrottled();
    }

    private static ModuleSession Start()
    {
        ModuleSession module = new();
        s_guest.Start();
        Assert.Equal(0, Cap());
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        return module;
    }

    private static void RunsUnthrottled()
    {
        Assert.Equal(0, Cap());
        Assert.Equal([Lab.Host08], Lab.WhereRunning(s_guest.Name));
        Assert.Empty(Lab.Guests(Lab.Host07));
        Assert.False(LabGuest.IsLogged(Lab.Host08), "What it writes is still logged.");
        _ = Lab.WaitForHeartbeat(Lab.Host08, s_guest.Name, Lab.LastHeartbeat(Lab.Host08, s_guest.Name));
    }

    private static int WaitForCap()
    {
        Stopwatch clock = Stopwatch.StartNew();
        int cap = 0;
        while (cap == 0 && clock.Elapsed < TimeSpan.FromMinutes(3))
        {
            cap = Cap();
        }

        return cap;
    }

    /// <summary>Percent of a processor; 0 is no cap.</summary>
    private static int Cap() => int.Parse(
        Lab.Run(Lab.Host08, $"xl sched-credit2 -d {s_guest.Name} | awk 'END {{ print $NF }}'"), CultureInfo.InvariantCulture);

    private static MigrationResult Result(Outcome outcome) => Assert.IsType<MigrationResult>(outcome.Single.BaseObject);
}
