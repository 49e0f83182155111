using static XenMigrate.Embedded.Tests.Pair.EnginePair;

namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>The engine moves guests of the embedded pair as it moves those of real hosts.</summary>
public class EngineMoveTests
{
    [Fact]
    public async Task A_guest_moves_live_there_and_back()
    {
        using TestPair pair = new("guest");
        HostSession here = await ConnectAsync(pair, "et-virt08");
        HostSession there = await ConnectAsync(pair, "et-virt07");

        MigrationResult first = await MoveAsync(here, there, Live);
        MigrationResult second = await MoveAsync(there, here, Live);

        foreach (MigrationResult result in (MigrationResult[])[first, second])
        {
            Assert.True(result.Outcome == MigrationOutcome.Succeeded, result + string.Join("\n", result.Transcript));
            Assert.Equal((MigrationMode.Live, DowntimeBasis.Transfer), (result.Mode, result.DowntimeBasis));
            Assert.NotNull(result.Downtime);
            Assert.NotNull(result.HeartbeatGap);
            Assert.NotEmpty(result.Iteration);
            Assert.True(result.BytesTransferred > 1_000_000);
        }

        Assert.Equal(2, (await FindAsync(here)).Id);
    }

    [Fact]
    public async Task A_guest_moves_offline_by_xend_itself()
    {
        using TestPair pair = new("guest");
        HostSession there = await ConnectAsync(pair, "et-virt07");

        MigrationResult result = await MoveAsync(await ConnectAsync(pair, "et-virt08"), there, new MigrationOptions());

        Assert.True(result.Outcome == MigrationOutcome.Succeeded, result + string.Join("\n", result.Transcript));
        Assert.Equal(MigrationMode.Offline, result.Mode);
        Assert.True((await FindAsync(there)).Activity.IsAlive());
    }

    [Theory]
    [InlineData(true, MigrationOutcome.Succeeded, MigrationMode.LiveThenOffline, null)]
    [InlineData(false, MigrationOutcome.Aborted, MigrationMode.Live, "MigrationNotConverging")]
    public async Task A_guest_too_busy_is_finished_offline_or_stays(
        bool fallback, MigrationOutcome outcome, MigrationMode mode, string? errorId)
    {
        using TestPair pair = new();
        _ = pair.Add("guest", megabytes: 8, extra: "dirty=64 working-set=4");
        // No pause is as short as that.
        PreCopyOptions precopy = new() { MaximumDowntime = TimeSpan.FromMilliseconds(1), OfflineFallback = fallback };

        MigrationResult result = await MoveAsync(
            await ConnectAsync(pair, "et-virt08"), await ConnectAsync(pair, "et-virt07"), Live with { PreCopy = precopy });

        Assert.Equal((outcome, mode, errorId), (result.Outcome, result.Mode, result.ErrorId));
        Assert.True(result.Iteration[^1].PredictedDowntime > precopy.MaximumDowntime);
    }

    [Fact]
    public async Task A_guest_that_may_be_paused_at_the_time_limit_is()
    {
        using TestPair pair = new("guest");
        MigrationOptions options = Live with
        {
            Timeout = TimeSpan.FromMilliseconds(300),
            // Round 0 of 8 MiB would take eight seconds.
            PreCopy = new PreCopyOptions { MaximumDowntime = TimeSpan.FromMilliseconds(1), OfflineFallback = true, BandwidthLimit = 1024 * 1024 },
        };

        MigrationResult result = await MoveAsync(await ConnectAsync(pair, "et-virt08"), await ConnectAsync(pair, "et-virt07"), options);

        Assert.True((result.Outcome, result.Mode) == (MigrationOutcome.Succeeded, MigrationMode.LiveThenOffline), result + result.Message);
        Assert.Contains("within 0.3 s", result.StopReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bridge", "BridgeMissing")]
    [InlineData("disk", "DiskMissing")]
    [InlineData("memory", "InsufficientMemory")]
    [InlineData("relocation", "RelocationDisabled")]
    [InlineData("hosts-allow", "RelocationDenied")]
    [InlineData("port", "PortUnreachable")]
    public async Task What_would_fail_is_refused_before_anything_is_touched(string broken, string errorId)
    {
        using TestPair pair = new("guest");
        HostSession here = await ConnectAsync(pair, "et-virt08");
        HostSession there = await ConnectAsync(pair, "et-virt07");
        Break(pair.Virt07, broken);

        MigrationResult result = await MoveAsync(here, there, Live);

        Assert.Equal(MigrationOutcome.Refused, result.Outcome);
        Assert.Contains(errorId, result.Check.Select(check => check.ErrorId));
        Assert.Equal(1, (await FindAsync(here)).Id);

        pair.Pair.Reset();
        Assert.Equal(MigrationOutcome.Succeeded, (await MoveAsync(here, there, Live)).Outcome);
    }

    [Fact]
    public async Task What_would_lose_a_guest_for_good_is_told_of_checks_that_are_left_out()
    {
        using TestPair pair = new("guest");
        HostSession here = await ConnectAsync(pair, "et-virt08");
        HostSession there = await ConnectAsync(pair, "et-virt07");
        Break(pair.Virt07, "bridge");
        MigrationOptions careless = Live with { Checks = CheckSelection.AllBut(["XM-NET-01"]) };

        MigrationPlan plan = await MigrationPlanner.PlanAsync(here, there, await FindAsync(here), careless, Timing.Real, CancellationToken.None);

        Assert.Contains("gone on both hosts. Checks that are left out by -SkipCheck say: [XM-NET-01]", LossRisk.Of(plan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_lost_of_a_guest_whose_left_out_checks_would_pass()
    {
        using TestPair pair = new("guest");
        HostSession here = await ConnectAsync(pair, "et-virt08");

        MigrationPlan plan = await MigrationPlanner.PlanAsync(
            here, await ConnectAsync(pair, "et-virt07"), await FindAsync(here), Live with { Checks = CheckSelection.AllBut(["*"]) }, Timing.Real, CancellationToken.None);

        Assert.Null(LossRisk.Of(plan));
    }

    [Fact]
    public async Task A_link_that_breaks_in_the_middle_leaves_the_guest_where_it_was()
    {
        using TestPair pair = new("guest");
        HostSession here = await ConnectAsync(pair, "et-virt08");
        pair.Virt07.Faults.CutLinkAfter(1_000_000);

        MigrationResult result = await MoveAsync(here, await ConnectAsync(pair, "et-virt07"), Live);

        Assert.Equal(MigrationOutcome.FailedSourceRunning, result.Outcome);
        Assert.True((await FindAsync(here)).Activity.IsAlive());
    }

    [Fact]
    public async Task A_move_that_is_stopped_leaves_the_guest_where_it_was()
    {
        using TestPair pair = new("guest");
        HostSession here = await ConnectAsync(pair, "et-virt08");
        HostSession there = await ConnectAsync(pair, "et-virt07");
        pair.Virt07.Faults.SlowLink(1_000_000);
        using CancellationTokenSource cancellation = new();
        Task<MigrationResult> moving = MoveAsync(here, there, Live, cancellation.Token);
        TestPair.Until(() => pair.Virt07.Hypervisor.Domains.Count == 1);

        cancellation.Cancel();

        Assert.Equal(MigrationOutcome.Aborted, (await moving).Outcome);
        Assert.True((await FindAsync(here)).Activity.IsAlive());
        Assert.Empty(pair.Virt07.Hypervisor.Domains);
    }

    private static MigrationOptions Live { get; } = new() { Live = true };

    private static async Task<MigrationResult> MoveAsync(
        HostSession source, HostSession destination, MigrationOptions options, CancellationToken cancellationToken = default)
    {
        Guest guest = await FindAsync(source);
        MigrationResult? result = await new Migrator(null, Timing.Real)
            .MoveAsync(source, destination, guest, options, _ => Task.FromResult(true), cancellationToken);
        return result!;
    }
}
