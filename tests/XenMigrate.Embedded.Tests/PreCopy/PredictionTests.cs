namespace XenMigrate.Tests.PreCopy;

/// <summary>
/// What the figures of one move are bound to by one another, however busy the machine is: work beside makes pauses longer
/// and rounds more, and never the other way. How close they are on an idle one the benchmark tells.
/// </summary>
public class PredictionTests
{
    private const int Mebibyte = 1 << 20;
    private const int Memory = 32 * Mebibyte;
    private const double Limit = 64 * Mebibyte;

    [Fact]
    public async Task A_pause_is_predicted_as_long_as_what_is_left_takes_at_the_limit_and_takes_that_long()
    {
        RelocationResult result = await Run();
        MigrationIteration decided = result.Iterations[^2];
        MigrationIteration paused = result.Iterations[^1];

        Assert.InRange(decided.DirtyPages, 1, Memory / GuestMemory.PageSize);
        Assert.InRange(result.PredictedPause!.Value.TotalSeconds, Seconds(decided.DirtyPages), double.MaxValue);
        // It wrote on until it was paused, and the limit is kept but for what is sent in one piece.
        Assert.InRange(paused.Pages, decided.DirtyPages, long.MaxValue);
        Assert.InRange(paused.Duration.TotalSeconds, 0.8 * Seconds(paused.Pages), double.MaxValue);
    }

    [Fact]
    public async Task The_pause_and_the_guests_own_gap_hold_all_that_was_sent_meanwhile()
    {
        RelocationResult result = await Run();

        Assert.InRange(result.Pause!.Value, result.Iterations[^1].Duration, TimeSpan.MaxValue);
        Assert.InRange(result.HeartbeatGap!.Value, result.Iterations[^1].Duration, TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Every_page_is_sent_once_and_once_more_for_each_round_that_it_was_written_in()
    {
        RelocationResult result = await Run();
        IReadOnlyList<MigrationIteration> rounds = result.Iterations;

        Assert.Equal(Memory / GuestMemory.PageSize, rounds[0].Pages);
        Assert.All(rounds.Zip(rounds.Skip(1).SkipLast(1)), pair => Assert.InRange(pair.Second.Pages, 0, pair.First.DirtyPages));
        // Every page is filled, and costs a little more than itself.
        Assert.InRange(result.Bytes / (double)(rounds.Sum(round => round.Pages) * GuestMemory.PageSize), 1, 1.02);
    }

    private static double Seconds(long pages) => pages * GuestMemory.PageSize / Limit;

    private static async Task<RelocationResult> Run()
    {
        using Move move = new(Memory / GuestMemory.PageSize, new GuestWorkload(Memory / GuestMemory.PageSize, 16 * Mebibyte), filledShare: 1);
        move.Options = new PreCopyOptions
        {
            BandwidthLimit = (long)Limit,
            KeepLimitWhilePaused = true,
            MaximumDowntime = TimeSpan.FromMilliseconds(100),
            // A machine that is busy enough makes the prediction longer than that.
            OfflineFallback = true,
        };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        return result;
    }
}
