using XenMigrate.Embedded.Guests;
using XenMigrate.Embedded.PreCopy;
using XenMigrate.Migration;

namespace XenMigrate.Tests.PreCopy;

/// <summary>Figures, at a pace that leaves the machine idle; the tolerances are wide, the benchmark has the narrow ones.</summary>
public class PredictionTests
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public async Task The_pause_is_what_was_predicted_and_the_bytes_are_what_theory_says()
    {
        const int memory = 64 * Mebibyte;
        using Move move = new(memory / GuestMemory.PageSize, new GuestWorkload(memory / GuestMemory.PageSize, 16 * Mebibyte), filledShare: 1);
        move.Options = new PreCopyOptions { BandwidthLimit = 64 * Mebibyte, KeepLimitWhilePaused = true, MaximumDowntime = TimeSpan.FromMilliseconds(100) };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.InRange(result.PredictedPause!.Value.TotalMilliseconds, 20, 100);
        Assert.InRange((result.Pause - result.PredictedPause)!.Value.TotalMilliseconds, -25, 40);
        Assert.InRange((result.Pause - result.HeartbeatGap)!.Value.TotalMilliseconds, -40, 40);
        Assert.InRange(result.Bytes / (memory / (1 - 0.25)), 0.85, 1.15);
    }
}
