using XenMigrate.Embedded.Tests.Fakes;
using XenMigrate.Environment;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Migration;
using XenMigrate.SavedGuests;
using XenMigrate.Toolstacks;

namespace XenMigrate.Embedded.Tests.Engine;

/// <summary>The engine drives the embedded pair as it drives real hosts: detection, checks, moves, images.</summary>
public class EngineTests
{
    private const string Image = "/var/lib/libvirt/images/guest.save";

    [Fact(Timeout = 60000)]
    public async Task Both_hosts_are_xends_and_their_transfer_is_ours()
    {
        using TestPair pair = new();

        MigrationHost host = await ConnectAsync(pair, "et-virt08");

        Assert.Equal((ToolstackKind.Xend, 4096L), (host.Toolstack, host.TotalMemoryMB));
        Assert.StartsWith("3.1.2", host.XenVersion, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60000)]
    public async Task A_healthy_pair_passes_every_check()
    {
        using TestPair pair = new("guest");

        IReadOnlyList<CheckResult> results = await CheckAsync(pair);

        Assert.All(results, result => Assert.True(
            result.Status == (result.Id is "XM-CON-02" or "XM-CON-03" ? CheckStatus.Skipped : CheckStatus.Passed), result.ToString()));
    }

    public static TheoryData<string> Faults => ["XM-REL-01", "XM-REL-02", "XM-REL-03", "XM-REL-04", "XM-NET-01", "XM-MEM-01", "XM-STO-01"];

    [Theory(Timeout = 60000)]
    [MemberData(nameof(Faults))]
    public async Task What_is_broken_on_purpose_is_found_by_its_check(string id)
    {
        using TestPair pair = new("guest");
        Break(pair, id);

        CheckResult[] failed = [.. (await CheckAsync(pair)).Where(result => result.Status == CheckStatus.Failed)];

        Assert.Equal([id], failed.Select(result => result.Id));
        Assert.Contains("et-virt07", failed[0].Message + failed[0].Remediation, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60000)]
    public async Task A_guest_moves_live_there_and_back()
    {
        using TestPair pair = new("guest");

        MigrationResult there = await MoveAsync(pair, "et-virt08", "et-virt07", new MigrationOptions { Live = true });
        MigrationResult back = await MoveAsync(pair, "et-virt07", "et-virt08", new MigrationOptions { Live = true });

        Assert.All([there, back], result =>
        {
            Assert.True(result.Outcome == MigrationOutcome.Succeeded, result.Message);
            Assert.Equal((MigrationMode.Live, DowntimeBasis.Transfer), (result.Mode, result.DowntimeBasis));
            Assert.True(result.Downtime < TimeSpan.FromSeconds(5));
            Assert.NotNull(result.HeartbeatGap);
            Assert.NotNull(result.PredictedDowntime);
            Assert.Equal(2048, result.Iteration[0].Pages);
            Assert.NotNull(result.StopReason);
        });
        Assert.Equal(("et-virt07", "et-virt08"), (there.ComputerName, back.ComputerName));
    }

    [Fact(Timeout = 60000)]
    public async Task A_guest_moves_offline_without_a_shared_folder()
    {
        using TestPair pair = new("guest");

        MigrationResult result = await MoveAsync(pair, "et-virt08", "et-virt07", new MigrationOptions());

        Assert.True(result.Outcome == MigrationOutcome.Succeeded, result.Message);
        Assert.Equal((MigrationMode.Offline, DowntimeBasis.Commands), (result.Mode, result.DowntimeBasis));
    }

    [Theory(Timeout = 60000)]
    [InlineData(false, MigrationOutcome.Aborted, MigrationMode.Live, "et-virt08")]
    [InlineData(true, MigrationOutcome.Succeeded, MigrationMode.LiveThenOffline, "et-virt07")]
    public async Task A_guest_that_does_not_converge_stays_or_is_finished_offline(
        bool fallback, object outcome, object mode, string where)
    {
        using TestPair pair = new();
        _ = pair.Add("guest", megabytes: 16, extra: "dirty=64 working-set=12");

        MigrationResult result = await MoveAsync(pair, "et-virt08", "et-virt07", new MigrationOptions
        {
            Live = true,
            PreCopy = new PreCopyOptions
            {
                MaximumDowntime = TimeSpan.FromMilliseconds(5),
                BandwidthLimit = 16 * 1024 * 1024,
                OfflineFallback = fallback,
            },
        });

        Assert.True(outcome.Equals(result.Outcome), $"{result.Outcome}: {result.Message}");
        Assert.Equal((mode, where), (result.Mode, result.ComputerName));
        Assert.Equal(fallback ? null : "MigrationNotConverging", result.ErrorId);
    }

    [Fact(Timeout = 60000)]
    public async Task A_move_that_is_stopped_leaves_the_guest_running_at_the_source()
    {
        using TestPair pair = new();
        _ = pair.Add("guest", megabytes: 64, extra: "dirty=4 working-set=2");
        pair.Virt07.Faults.SlowLink(1024 * 1024);
        using CancellationTokenSource stop = new();
        StopAtFirstRound progress = new(stop);

        MigrationResult result = await MoveAsync(pair, "et-virt08", "et-virt07", new MigrationOptions { Live = true }, progress, stop.Token);

        Assert.True((result.Outcome, result.ErrorId) == (MigrationOutcome.Aborted, "MigrationAborted"), $"{result.Outcome}: {result.Message}");
        Assert.Equal("et-virt08", result.ComputerName);
        Assert.Empty(pair.Virt07.Hypervisor.Domains);
    }

    [Fact(Timeout = 60000)]
    public async Task A_link_that_is_cut_leaves_one_running_guest_and_says_where()
    {
        using TestPair pair = new("guest");
        pair.Virt07.Faults.CutLinkAfter(1024 * 1024);

        MigrationResult result = await MoveAsync(pair, "et-virt08", "et-virt07", new MigrationOptions { Live = true });

        Assert.True((result.Outcome, result.ErrorId) == (MigrationOutcome.FailedSourceRunning, "TransportBroken"), $"{result.Outcome} {result.ErrorId}: {result.Message}");
    }

    [Fact(Timeout = 60000)]
    public async Task A_guest_is_saved_and_restored_at_the_other_host()
    {
        using TestPair pair = new("guest");
        MigrationHost source = await ConnectAsync(pair, "et-virt08");
        MigrationHost destination = await ConnectAsync(pair, "et-virt07");

        SavedGuest saved = await new GuestSaver(source).SaveAsync(
            await GuestAsync(source), Image, new SaveOptions(), null, CancellationToken.None);
        GuestRestorer restorer = new(destination);
        RestorePlan plan = await restorer.PlanAsync(Image, [source], CancellationToken.None);
        Guest restored = await restorer.RestoreAsync(plan, new RestoreOptions { RemoveFile = true }, null, CancellationToken.None);

        Assert.Equal(("guest", "guest"), (saved.Name, restored.Name));
        Assert.Null(plan.Stale);
        Assert.True(restored.State.IsAlive());
        Assert.Empty(pair.Virt08.Hypervisor.Domains);
    }

    [Fact(Timeout = 60000)]
    public async Task A_guest_is_paused_resumed_started_and_stopped()
    {
        using TestPair pair = new("guest");
        MigrationHost host = await ConnectAsync(pair, "et-virt08");
        GuestLifecycle lifecycle = new(host, Timing.Real);

        Guest paused = await lifecycle.PauseAsync(await GuestAsync(host), CancellationToken.None);
        Guest resumed = await lifecycle.UnpauseAsync(paused, CancellationToken.None);
        await lifecycle.DestroyAsync(resumed, CancellationToken.None);
        Guest started = await lifecycle.StartAsync("/etc/xen/guest", paused: false, CancellationToken.None);

        Assert.Equal((GuestState.Paused, true, "guest"), (paused.State, resumed.State.IsAlive(), started.Name));
    }

    private static void Break(TestPair pair, string id)
    {
        switch (id)
        {
            case "XM-REL-01":
                pair.Virt07.Faults.SetRelocation(false);
                break;
            case "XM-REL-02":
                _ = pair.Virt07.Files.Write("/etc/xen/xend-config.sxp", "(xend-relocation-server yes)\n(xend-relocation-port 9002)\n");
                break;
            case "XM-REL-03":
                pair.Virt07.Faults.BlockPort(8002);
                break;
            case "XM-REL-04":
                pair.Virt07.Faults.SetHostsAllow("^localhost$");
                break;
            case "XM-NET-01":
                pair.Virt07.Faults.RenameBridge("xenbr0");
                break;
            case "XM-MEM-01":
                pair.Virt07.Faults.LimitFreeMemory(4);
                break;
            default:
                pair.Virt07.Faults.UnmountStorage();
                break;
        }
    }

    private static Task<MigrationHost> ConnectAsync(TestPair pair, string name) =>
        ToolstackDetection.ConnectAsync(pair.Shell(name), null, () => DateTimeOffset.UtcNow, CancellationToken.None);

    private static async Task<Guest> GuestAsync(MigrationHost host) =>
        (await host.RequireDriver().ListAsync(host.RequireShell(), CancellationToken.None)).Single(guest => guest.Name == "guest");

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(TestPair pair)
    {
        MigrationHost source = await ConnectAsync(pair, "et-virt08");
        MigrationHost destination = await ConnectAsync(pair, "et-virt07");
        return await EnvironmentTester.TestAsync(source, destination, [await GuestAsync(source)], CancellationToken.None);
    }

    private static async Task<MigrationResult> MoveAsync(
        TestPair pair,
        string from,
        string to,
        MigrationOptions options,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        MigrationHost source = await ConnectAsync(pair, from);
        MigrationHost destination = await ConnectAsync(pair, to);
        MigrationResult? result = await new Migrator(progress, Timing.Real).MoveAsync(
            source, destination, await GuestAsync(source), options, _ => Task.FromResult(true), cancellationToken);
        return result!;
    }

    private sealed class StopAtFirstRound(CancellationTokenSource stop) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            if (value.Status.StartsWith("Round 0", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
