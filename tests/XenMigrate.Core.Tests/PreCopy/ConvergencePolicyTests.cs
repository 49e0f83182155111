namespace XenMigrate.Tests;

public class ConvergencePolicyTests
{
    private const long Mebibyte = 1 << 20;

    private static readonly ConvergenceLimits s_limits = new()
    {
        MaximumDowntime = TimeSpan.FromMilliseconds(300), MemoryBytes = 1024 * Mebibyte,
    };

    private static readonly Gen<ConvergenceRound> s_round =
        Gen.Select(Gen.Long[0, 1L << 40], Gen.Int[0, 100_000], Gen.Long[0, 1 << 20], Gen.Int[0, 100_000], Gen.Int[0, 50])
            .Select((bytes, milliseconds, pending, elapsed, fixedCost) => new ConvergenceRound(
                bytes, Milliseconds(milliseconds), pending, Milliseconds(elapsed), Milliseconds(fixedCost)));

    private static readonly Gen<ConvergenceLimits> s_anyLimits =
        Gen.Select(Gen.Int[0, 10_000], Gen.Bool, Gen.Int[0, 60].Select(s => s == 0 ? (TimeSpan?)null : TimeSpan.FromSeconds(s)))
            .Select((allowed, offline, time) => s_limits with
            {
                MaximumDowntime = Milliseconds(allowed), OfflineFallback = offline, TimeLimit = time,
            });

    [Fact]
    public void It_stops_and_copies_if_and_only_if_the_prediction_is_allowed() => Gen.Select(s_anyLimits, s_round.List[1, 20]).Sample(
        (limits, rounds) =>
        {
            ConvergenceVerdict verdict = ConvergencePolicy.Decide(limits, rounds);
            Assert.Equal(verdict.PredictedPause <= limits.MaximumDowntime, verdict.Decision == ConvergenceDecision.StopAndCopy);
        });

    [Fact]
    public void What_suspending_and_starting_takes_is_part_of_the_pause()
    {
        ConvergenceRound[] rounds = [new(100 * Mebibyte, Milliseconds(1000), 2560, Milliseconds(1000), TimeSpan.Zero)];

        ConvergenceVerdict fits = ConvergencePolicy.Decide(s_limits with { FixedPause = Milliseconds(150) }, rounds);
        ConvergenceVerdict not = ConvergencePolicy.Decide(s_limits with { FixedPause = Milliseconds(250) }, rounds);

        Assert.Equal((ConvergenceDecision.StopAndCopy, ConvergenceDecision.Continue), (fits.Decision, not.Decision));
        Assert.InRange((not.PredictedPause - fits.PredictedPause).TotalMilliseconds, 99.9, 100.1);
        Assert.Contains("and suspending and starting the guest 250 ms", not.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_never_goes_on_for_ever() => Gen.Select(s_anyLimits, s_round.Array[400]).Sample((limits, rounds) =>
    {
        int last = Enumerable.Range(1, rounds.Length).First(count =>
            ConvergencePolicy.Decide(limits, rounds[..count]).Decision != ConvergenceDecision.Continue || count == rounds.Length);

        // Each gain of a tenth may take five rounds, and pages are whole.
        Assert.InRange(last, 1, 399);
    });

    [Fact]
    public void What_never_converges_goes_as_the_caller_chose() => Gen.Select(s_anyLimits, s_round.List[1, 20]).Sample(
        (limits, rounds) => Assert.NotEqual(
            limits.OfflineFallback ? ConvergenceDecision.Abort : ConvergenceDecision.GoOffline,
            ConvergencePolicy.Decide(limits, rounds).Decision));

    [Fact]
    public void More_to_send_never_shortens_the_prediction() => Gen.Select(s_round.List[1, 10], Gen.Long[0, 1000]).Sample((rounds, more) =>
    {
        TimeSpan before = ConvergencePolicy.Predict(s_limits, rounds);
        rounds[^1] = rounds[^1] with { PendingPages = rounds[^1].PendingPages + more };
        Assert.True(ConvergencePolicy.Predict(s_limits, rounds) >= before);
    });

    [Fact]
    public void The_prediction_is_the_rest_at_the_rounds_rate_and_the_fixed_cost() => Assert.Equal(
        (64 * 4108 / (4.0 * Mebibyte)) + 0.003,
        ConvergencePolicy.Predict(s_limits, [Round(8 * Mebibyte, 2, 64)]).TotalSeconds,
        6);

    [Fact]
    public void A_small_round_says_nothing_about_the_rate() => Assert.Equal(
        ConvergencePolicy.Predict(s_limits, [Round(8 * Mebibyte, 2, 64)]),
        ConvergencePolicy.Predict(s_limits, [Round(8 * Mebibyte, 2, 200), Round(1000, 1, 64)]));

    [Fact]
    public void With_small_rounds_only_the_largest_tells() => Assert.Equal(
        ConvergencePolicy.Predict(s_limits, [Round(2 * Mebibyte, 0.5, 64)]),
        ConvergencePolicy.Predict(s_limits, [Round(2 * Mebibyte, 0.5, 200), Round(1000, 1, 64)]));

    [Fact]
    public void A_cap_that_is_lifted_for_the_last_pass_does_not_count() => Assert.Equal(
        ConvergenceDecision.StopAndCopy,
        ConvergencePolicy.Decide(s_limits, [Round(8 * Mebibyte, 2, 5000) with { FinalBytesPerSecond = 1e9 }]).Decision);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 3)]
    [InlineData(80, 5)]
    public void The_fixed_cost_is_kept_within_reason(int measured, int used) => Assert.Equal(
        Milliseconds(used),
        ConvergencePolicy.Predict(s_limits, [Round(Mebibyte, 1, 0) with { FixedCost = Milliseconds(measured) }]));

    [Fact]
    public void A_round_of_unknown_rate_does_not_fit() => Assert.Equal(
        ConvergenceDecision.Continue, ConvergencePolicy.Decide(s_limits, [Round(0, 0, 100)]).Decision);

    [Fact]
    public void Five_rounds_without_a_gain_of_a_tenth_are_enough()
    {
        List<ConvergenceRound> rounds =
        [
            Round(Mebibyte, 1, 100_000), Round(Mebibyte, 1, 95_000), Round(Mebibyte, 1, 96_000), Round(Mebibyte, 1, 94_000), Round(Mebibyte, 1, 91_000),
        ];
        Assert.Equal(ConvergenceDecision.Continue, ConvergencePolicy.Decide(s_limits, rounds).Decision);

        ConvergenceVerdict verdict = ConvergencePolicy.Decide(s_limits, [.. rounds, Round(Mebibyte, 1, 90_500)]);

        Assert.Equal(ConvergenceDecision.Abort, verdict.Decision);
        Assert.Contains("no progress in 5 rounds", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_but_steady_gain_is_progress() => Assert.Equal(
        ConvergenceDecision.Continue,
        ConvergencePolicy.Decide(
            s_limits, [.. Enumerable.Range(0, 20).Select(i => Round(Mebibyte, 1, (long)(1_000_000 * Math.Pow(0.95, i))))]).Decision);

    [Fact]
    public void Three_times_the_memory_is_enough()
    {
        ConvergenceRound[] rounds =
            [Round(1024 * Mebibyte, 100, 90_000), Round(1024 * Mebibyte, 100, 80_000), Round(1024 * Mebibyte, 100, 70_000)];

        ConvergenceVerdict verdict = ConvergencePolicy.Decide(s_limits with { OfflineFallback = true }, rounds);

        Assert.Equal(ConvergenceDecision.GoOffline, verdict.Decision);
        Assert.Contains("3 times the guest's memory", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_time_limit_ends_it() => Assert.Equal(
        ConvergenceDecision.Abort,
        ConvergencePolicy.Decide(
            s_limits with { TimeLimit = TimeSpan.FromSeconds(8) },
            [Round(8 * Mebibyte, 2, 5000) with { Elapsed = TimeSpan.FromSeconds(8) }]).Decision);

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static ConvergenceRound Round(long bytes, double seconds, long pending) =>
        new(bytes, TimeSpan.FromSeconds(seconds), pending, TimeSpan.FromSeconds(seconds), Milliseconds(3));
}
