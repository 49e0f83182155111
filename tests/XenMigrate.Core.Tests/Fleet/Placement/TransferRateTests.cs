namespace XenMigrate.Tests;

public class TransferRateTests
{
    private const double Mebibyte = 1 << 20;

    private static readonly TransferRate s_live = new(100 * Mebibyte, Live: true, TimeSpan.FromSeconds(0.5));

    [Fact]
    public void A_guest_that_stands_still_does_so_as_long_as_it_is_copied() => Assert.Equal(
        (10.003, 10.003), Seconds((s_live with { Live = false }).Predict(GuestPlacementTests.Guest("web", 1000))));

    [Fact]
    public void A_guest_that_runs_is_copied_until_the_rest_fits_in_the_pause() =>
        // 10 s, then what was dirtied in them, 2 s, and so on: 0.4 s is the first that fits.
        Assert.Equal((12.403, 0.403), Seconds(s_live.Predict(Dirtying(20))));

    [Fact]
    public void An_idle_guest_stands_still_for_the_handing_over_only() => Assert.Equal(
        (10.003, 0.003), Seconds(s_live.Predict(Dirtying(0))));

    [Fact]
    public void Of_a_guest_that_dirties_as_fast_as_the_link_carries_nobody_can_tell() =>
        Assert.Equal((null, null), Seconds(s_live.Predict(Dirtying(100))));

    [Fact]
    public void Of_a_guest_whose_writing_is_not_known_the_pause_is_not_either() => Assert.Equal(
        (10.003, null), Seconds(s_live.Predict(GuestPlacementTests.Guest("web", 1000))));

    [Fact]
    public void A_pause_is_within_what_is_allowed_and_never_longer_than_the_move() => Gen.Select(
        Gen.Double[1, 1e10], Gen.Double[0, 0.999999], Gen.Long[0, 1 << 22], Gen.Int[4, 60_000]).Sample((rate, share, memory, allowed) =>
        {
            TransferRate link = new(rate, Live: true, TimeSpan.FromMilliseconds(allowed));

            (TimeSpan? duration, TimeSpan? pause) =
                link.Predict(GuestPlacementTests.Guest("web", memory) with { DirtyBytesPerSecond = rate * share });

            // What is left when only the handing over is, is as short as it gets.
            Assert.True(pause <= TimeSpan.FromMilliseconds(Math.Max(allowed, 6.1)), $"{pause}");
            Assert.True(pause <= duration);
        });

    private static FleetGuest Dirtying(double mebibytesPerSecond) =>
        GuestPlacementTests.Guest("web", 1000) with { DirtyBytesPerSecond = mebibytesPerSecond * Mebibyte };

    private static (double?, double?) Seconds((TimeSpan? Duration, TimeSpan? Downtime) times) =>
        (Seconds(times.Duration), Seconds(times.Downtime));

    private static double? Seconds(TimeSpan? time) => time is { } known ? Math.Round(known.TotalSeconds, 6) : null;
}
