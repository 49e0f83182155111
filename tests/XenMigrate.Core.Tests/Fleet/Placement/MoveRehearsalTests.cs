namespace XenMigrate.Tests;

public class MoveRehearsalTests
{
    private readonly MoveRehearsal _rehearsal = new(PastMoves.None, null, CancellationToken.None);

    [Fact]
    public async Task A_rate_that_is_given_tells_the_least_time()
    {
        PreCopyOptions precopy = new() { MaximumDowntime = TimeSpan.FromSeconds(3), BandwidthLimit = 64 << 20 };

        Assert.Equal(
            "1. Live-migrate to b; time: 4 s at least, for 256 MiB at 64 MiB/s; pause: 3 s at most, by the transfer's prediction",
            await _rehearsal.NextAsync(Plan(precopy)));
    }

    [Fact]
    public async Task What_is_not_known_is_not_made_up()
    {
        Assert.Equal(
            "1. Live-migrate to b; time and pause not known yet",
            await _rehearsal.NextAsync(Plan(null)));
        Assert.Equal(
            "2. Move offline to b; time not known yet; pause: for all of that time, because the guest stands still while it is copied",
            await _rehearsal.NextAsync(Plan(null) with { Mode = MigrationMode.Offline }));
    }

    [Fact]
    public async Task A_busy_guest_that_may_be_paused_has_no_limit() => Assert.EndsWith(
        "pause: 300 ms at most, longer for a guest that is too busy", await _rehearsal.NextAsync(Plan(new PreCopyOptions { OfflineFallback = true })));

    [Fact]
    public async Task A_guest_that_has_no_room_after_those_before_it_would_be_refused_and_a_smaller_one_not()
    {
        _ = await _rehearsal.NextAsync(Plan(null, free: 400));

        Assert.Equal(
            "2. Refuse to move to b: after those before it 143 MiB are free there, and it needs 257", await _rehearsal.NextAsync(Plan(null, free: 400)));
        Assert.StartsWith("3. Live-migrate to b", await _rehearsal.NextAsync(Plan(null, free: 400, memory: 100)));
    }

    private static MigrationPlan Plan(PreCopyOptions? precopy, long free = 4096, long memory = 256)
    {
        Guest guest = A.Guest("web") with { MemoryMB = memory, MaximumMemoryMB = memory };
        return new MigrationPlan
        {
            Guest = guest,
            Source = "a",
            Destination = "b",
            MigrationAddress = "b",
            Mode = MigrationMode.Live,
            PreCopy = precopy,
            Facts = Facts.AtDestination(host => host with { Xen = Facts.Known("b", host.Xen.Value! with { FreeMemoryMB = free }) }),
            Report = new MigrationReport { Source = "a", Destination = "b" },
        };
    }
}
