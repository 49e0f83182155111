namespace XenMigrate.Tests;

public class RoundForecastTests
{
    private const long Pages = 32768;

    private static readonly PreCopyOptions s_threeSeconds = new() { MaximumDowntime = TimeSpan.FromSeconds(3) };

    [Fact]
    public void A_guest_that_writes_nothing_goes_in_one_round_and_one_that_is_all_but_empty()
    {
        RoundForecast played = RoundForecast.Play(Pages, 4096, _ => 0, s_threeSeconds);

        Assert.True(played.Ends);
        Assert.Equal([ConvergenceDecision.StopAndCopy, ConvergenceDecision.StopAndCopy], played.Rounds.Select(round => round.Decision));
        Assert.Equal(TimeSpan.FromSeconds(8), played.Live);
        Assert.InRange(played.LastCopy.TotalSeconds, 0.01, 0.1);
    }

    [Fact]
    public void One_that_writes_its_working_set_all_the_time_pauses_for_what_it_writes_in_the_last_live_round()
    {
        // 16 MiB are written in a second, and never more than these.
        RoundForecast played = RoundForecast.Play(Pages, 4096, time => (long)Math.Min(4096, 4096 * time.TotalSeconds), s_threeSeconds);

        Assert.True(played.Ends);
        Assert.Equal([32768L, 4096], played.Rounds.Select(round => round.Pages));
        Assert.Equal(1, played.LastCopy.TotalSeconds, precision: 3);
    }

    [Fact]
    public void One_that_outruns_the_link_is_given_up_by_the_helpers_own_policy()
    {
        RoundForecast played = RoundForecast.Play(Pages, 4096, _ => 20_000, s_threeSeconds);

        Assert.False(played.Ends);
        Assert.Equal(ConvergenceDecision.Abort, played.Rounds[^1].Decision);
        Assert.Contains("does not converge", played.Rounds[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Unless_it_may_be_finished_offline() =>
        Assert.True(RoundForecast.Play(Pages, 4096, _ => 20_000, s_threeSeconds with { OfflineFallback = true }).Ends);

    [Fact]
    public void What_suspending_and_starting_takes_counts_too()
    {
        PreCopyOptions whole = s_threeSeconds with { Fixed = new DowntimeParts(TimeSpan.FromSeconds(0.1), TimeSpan.Zero, TimeSpan.FromSeconds(2.2)) };

        Assert.True(RoundForecast.Play(Pages, 4096, _ => 2000, whole).Ends);
        Assert.False(RoundForecast.Play(Pages, 4096, _ => 4000, whole).Ends);
    }

    [Theory]
    [InlineData(49, 2)]
    [InlineData(5000, 6)]
    public void Xen_itself_stops_at_few_pages_or_after_five_rounds(long dirty, int rounds)
    {
        RoundForecast played = RoundForecast.Play(Pages, 4096, _ => dirty, null);

        Assert.True(played.Ends);
        Assert.Equal(rounds, played.Rounds.Count);
    }

    [Fact]
    public void It_always_ends() => Gen.Select(Gen.Long[1, 1 << 22], Gen.Double[1, 1e6], Gen.Double[0, 1e6], Gen.Int[0, 100_000], Gen.Bool).Sample(
        (pages, rate, written, allowed, offline) =>
        {
            PreCopyOptions options = new() { MaximumDowntime = TimeSpan.FromMilliseconds(allowed), OfflineFallback = offline };
            RoundForecast played = RoundForecast.Play(pages, rate, time => (long)Math.Min(pages, written * time.TotalSeconds), options);
            Assert.InRange(played.Rounds.Count, 1, 101);
            Assert.True(played.Live >= TimeSpan.Zero && played.LastCopy >= TimeSpan.Zero);
        });
}
