using XenMigrate.Embedded.Guests;
using XenMigrate.Embedded.PreCopy;
using XenMigrate.Migration;

namespace XenMigrate.Tests.PreCopy;

/// <summary>Tests that measure time run after all others, one by one.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public class AloneOnTheMachine;

/// <summary>
/// Figures, at a pace that leaves the machine idle. The tolerances are wide, and other work may spoil two of three runs;
/// the benchmark has the narrow ones.
/// </summary>
[Collection(nameof(AloneOnTheMachine))]
public class PredictionTests
{
    private const int Attempts = 3;
    private const int Mebibyte = 1 << 20;
    private const int Memory = 64 * Mebibyte;

    [Fact]
    public async Task The_pause_is_what_was_predicted_and_what_the_guest_saw()
    {
        List<(double Off, double Gap)> seen = [];
        while (seen.Count < Attempts && !seen.Any(run => Math.Abs(run.Off) <= 25 && Math.Abs(run.Gap) <= 20))
        {
            RelocationResult result = await Run();
            Assert.InRange(result.PredictedPause!.Value.TotalMilliseconds, 10, 100);
            seen.Add(((result.Pause - result.PredictedPause)!.Value.TotalMilliseconds, (result.Pause - result.HeartbeatGap)!.Value.TotalMilliseconds));
        }

        Assert.True(Math.Abs(seen[^1].Off) <= 25 && Math.Abs(seen[^1].Gap) <= 20, string.Join(" ", seen));
    }

    [Fact]
    public async Task The_bytes_are_what_theory_says()
    {
        RelocationResult result = await Run();

        // M / (1 - D/B), of a series that is cut off.
        Assert.InRange(result.Bytes / (Memory / (1 - 0.25)), 0.85, 1.15);
    }

    private static async Task<RelocationResult> Run()
    {
        using Move move = new(Memory / GuestMemory.PageSize, new GuestWorkload(Memory / GuestMemory.PageSize, 16 * Mebibyte), filledShare: 1);
        move.Options = new PreCopyOptions
        {
            BandwidthLimit = 64 * Mebibyte, KeepLimitWhilePaused = true, MaximumDowntime = TimeSpan.FromMilliseconds(100),
        };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        return result;
    }
}
