namespace XenMigrate.Tests;

/// <summary>What the checks of time make of what the two hosts tell.</summary>
public class ClockCheckTests
{
    [Theory]
    [InlineData(0.5, 0.1, CheckStatus.Passed)]
    [InlineData(-0.5, 0.1, CheckStatus.Passed)]
    [InlineData(2, 0.1, CheckStatus.Warning)]
    [InlineData(-2, 0.1, CheckStatus.Warning)]
    [InlineData(31, 0.1, CheckStatus.Failed)]
    [InlineData(16083, 0.1, CheckStatus.Failed)]
    public void Clocks_may_differ_by_a_second_and_must_not_by_half_a_minute(double seconds, double half, CheckStatus status) =>
        Assert.Equal(status, Result(seconds, half).Status);

    [Theory]
    [InlineData(0.9, 0.2, CheckStatus.Warning, "may or may not be more than 1 s")]
    [InlineData(30, 0.2, CheckStatus.Warning, "may or may not be more than 30 s")]
    [InlineData(0, 2, CheckStatus.Warning, "may or may not be more than 1 s")]
    [InlineData(10, 40, CheckStatus.Unknown, "took too long to tell")]
    public void A_measurement_that_leaves_it_open_says_so_and_never_passes(double seconds, double half, CheckStatus status, string words)
    {
        CheckResult result = Result(seconds, half);

        Assert.Equal(status, result.Status);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Remediation);
    }

    [Fact]
    public void The_uncertainties_of_both_hosts_add_up()
    {
        PairFacts pair = Facts.Machines(
            here => here with { Clock = Facts.Known("a", Facts.Clock(TimeSpan.Zero, 0.3)) },
            there => there with { Clock = Facts.Known("b", Facts.Clock(TimeSpan.FromSeconds(0.5), 0.3)) });

        CheckResult result = Result("XM-TIM-01", pair, new CheckSettings());

        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.Equal("0.5 s (± 0.6 s)", result.Actual);
    }

    [Fact]
    public void The_host_that_is_farther_from_our_clock_is_the_one_to_set()
    {
        PairFacts pair = Facts.Machines(
            here => here with { Clock = Facts.Known("a", Facts.Clock(TimeSpan.FromHours(-4))) },
            there => there with { Clock = Facts.Known("b", Facts.Clock(TimeSpan.FromSeconds(1))) });

        Assert.StartsWith("On a, ", Result("XM-TIM-01", pair, new CheckSettings()).Remediation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, 200, CheckStatus.Passed)]
    [InlineData(300, 301, CheckStatus.Failed)]
    [InlineData(0.1, 0.5, CheckStatus.Warning)]
    [InlineData(0.1, 31, CheckStatus.Failed)]
    public void The_tolerance_is_the_callers(double tolerance, double seconds, CheckStatus status)
    {
        PairFacts pair = Facts.Machines(
            here => here, there => there with { Clock = Facts.Known("b", Facts.Clock(TimeSpan.FromSeconds(seconds))) });

        Assert.Equal(status, Result("XM-TIM-01", pair, new CheckSettings { ClockTolerance = TimeSpan.FromSeconds(tolerance) }).Status);
    }

    [Theory]
    [InlineData(true, true, CheckStatus.Passed)]
    [InlineData(true, false, CheckStatus.Warning)]
    [InlineData(false, true, CheckStatus.Warning)]
    [InlineData(true, null, CheckStatus.Unknown)]
    [InlineData(false, null, CheckStatus.Warning)]
    public void Both_clocks_have_to_be_kept_right(bool here, bool? there, CheckStatus status) => Assert.Equal(
        status,
        Result(
            "XM-TIM-02",
            Facts.Machines(
                source => source with { Synchronisation = Facts.Known("a", new TimeSynchronisation(here, "ntpstat: …")) },
                destination => destination with
                {
                    Synchronisation = there is { } known
                        ? Facts.Known("b", new TimeSynchronisation(known, "ntpstat: …"))
                        : Facts.NotKnown<TimeSynchronisation>("b"),
                }),
            new CheckSettings()).Status);

    private static CheckResult Result(double seconds, double half) => Result(
        "XM-TIM-01",
        Facts.Machines(
            here => here with { Clock = Facts.Known("a", new ClockReading(TimeSpan.Zero, TimeSpan.Zero)) },
            there => there with { Clock = Facts.Known("b", Facts.Clock(TimeSpan.FromSeconds(seconds), half)) }),
        new CheckSettings());

    private static CheckResult Result(string id, PairFacts pair, CheckSettings settings) => Assert.Single(
        CheckRunner.Examine(pair, new Moving(Live: true) { Settings = settings }, CheckSelection.Everything), result => result.Id == id);
}
