namespace XenMigrate.Tests;

/// <summary>A host's clock, read while everything else is asked.</summary>
public class ClockSurveyTests
{
    private static readonly FakeTiming s_none = new();

    [Fact(Timeout = 20000)]
    public async Task What_the_host_does_between_its_two_readings_widens_nothing()
    {
        FakeTiming time = new();
        // 0.1 s to get there, 20 s of work, and 0.3 s to come back; its clock is 5 s ahead.
        Answer<ClockReading> answer = await MeasureAsync(time, ahead: 5, there: 0.1, work: 20, back: 0.3);

        Assert.Equal(4.7, answer.Value!.Least.TotalSeconds, precision: 3);
        Assert.Equal(5.1, answer.Value.Most.TotalSeconds, precision: 3);
        Assert.Equal(4.9, answer.Value.Offset.TotalSeconds, precision: 3);
    }

    [Theory(Timeout = 20000)]
    [InlineData(0.0, 0.0)]
    [InlineData(0.8, 0.0)]
    [InlineData(0.0, 0.8)]
    [InlineData(0.5, 0.1)]
    public async Task The_truth_lies_between_the_bounds_however_uneven_the_way_is(double there, double back)
    {
        ClockReading reading = (await MeasureAsync(new FakeTiming(), ahead: -16083, there, work: 1, back)).Value!;

        Assert.InRange(-16083, reading.Least.TotalSeconds - 1e-6, reading.Most.TotalSeconds + 1e-6);
    }

    [Theory(Timeout = 20000)]
    [InlineData("1763851400")]
    [InlineData("1763851600")]
    public async Task A_clock_that_is_set_meanwhile_tells_nothing(string last)
    {
        FakeTiming time = new();
        Queue<string> readings = new(["1763851500.000000000\n", last + ".000000000\n"]);
        FakeShell host = new FakeShell("a").Does("date*", (_, _, _) => Task.FromResult(new CommandResult(0, readings.Dequeue(), "")));

        Assert.Contains("was set", (await ReadAsync(host, time)).Problem, StringComparison.Ordinal);
    }

    [Theory(Timeout = 20000)]
    [InlineData("Mon Nov 23 08:00:00 UTC 2026")]
    [InlineData("")]
    [InlineData("-5.000000000")]
    [InlineData("99999999999999999999.000000000")]
    public async Task What_is_no_time_is_no_reading(string output) =>
        Assert.Contains("not understood", (await ReadAsync(new FakeShell("a").Answers("date*", output), s_none)).Problem, StringComparison.Ordinal);

    [Fact(Timeout = 20000)]
    public async Task A_host_without_date_tells_nothing() =>
        Assert.Contains("not found", (await ReadAsync(new FakeShell("a"), s_none)).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("1763851234.500000000\n", 0)]
    [InlineData("1763851234.%N\n", 1)]
    [InlineData("1763851234.N\n", 1)]
    [InlineData("1763851234.\n", 1)]
    [InlineData("1763851234\n", 1)]
    public void A_date_without_fractions_leaves_a_second_open(string output, int seconds)
    {
        ClockTime time = ClockTime.Parse(output);

        Assert.Equal(seconds, (time.Latest - time.Earliest).TotalSeconds);
    }

    private static Task<Answer<ClockReading>> MeasureAsync(FakeTiming time, double ahead, double there, double work, double back)
    {
        int calls = 0;
        FakeShell host = new FakeShell("a").Does("date*", (_, _, _) =>
        {
            time.Advance(TimeSpan.FromSeconds(calls++ == 0 ? there : work));
            TimeSpan unix = time.Timing.Now() - DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(ahead);
            string text = (unix.Ticks / 1e7m).ToString("0.000000000", CultureInfo.InvariantCulture) + "\n";
            time.Advance(TimeSpan.FromSeconds(calls == 2 ? back : 0));
            return Task.FromResult(new CommandResult(0, text, ""));
        });
        return ReadAsync(host, time);
    }

    private static async Task<Answer<ClockReading>> ReadAsync(FakeShell host, FakeTiming time)
    {
        ClockSurvey clock = new(new Survey(host), "a", time.Timing.Now);
        await clock.RunAsync(CancellationToken.None);
        return clock.Read();
    }
}
