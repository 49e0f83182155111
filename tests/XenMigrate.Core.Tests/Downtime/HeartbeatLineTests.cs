namespace XenMigrate.Tests.Downtime;

public sealed class HeartbeatLineTests
{
    private static readonly string[] s_words =
        ["web ", "GAP ", "wall ", "mono ", "at ", "up ", "beat ", "1.234 ", "s ", "2026-11-23 ", "04:10:01.123 ", "99999999999999999999 ", "\n", "-"];

    private static readonly Gen<string> s_word = Gen.Int[0, s_words.Length - 1].Select(index => s_words[index]);

    [Fact]
    public void Beats_and_gaps_are_found_among_other_lines()
    {
        HeartbeatLine[] lines = [.. HeartbeatLine.Parse(
            "web",
            "[    0.0] Linux version 6.1\r\nweb 2026-11-23 04:10:01.123 up 12.30 beat 42\nweb2 2026-11-23 04:10:01.123 up 12.30 beat 42\n"
                + "web GAP wall 1.234 s mono -0.250 s at 1763871001.123\nweb 2026-11-23 04:10:0")];

        HeartbeatLine.Beat beat = Assert.IsType<HeartbeatLine.Beat>(lines[0]);
        HeartbeatLine.Gap gap = Assert.IsType<HeartbeatLine.Gap>(lines[1]);
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            (new DateTimeOffset(2026, 11, 23, 4, 10, 1, 123, TimeSpan.Zero), TimeSpan.FromSeconds(12.3), 42L), (beat.Wall, beat.Up, beat.Number));
        Assert.Equal((TimeSpan.FromSeconds(1.234), TimeSpan.FromSeconds(-0.25)), (gap.Wall, gap.Monotonic));
    }

    [Theory]
    [InlineData("web 2026-13-45 04:10:01.123 up 12.30 beat 42")]
    [InlineData("web 2026-11-23 04:10:01.123 up 12.30 beat -1")]
    [InlineData("web 2026-11-23 04:10:01.123 up 12,30 beat 4")]
    [InlineData("web GAP wall 1.2 s mono s at 3.0")]
    [InlineData("web")]
    [InlineData("web ")]
    public void What_only_looks_like_one_is_left_out(string line) => Assert.Empty(HeartbeatLine.Parse("web", line));

    [Fact]
    public void The_largest_figures_that_fit_are_read() =>
        Assert.Single(HeartbeatLine.Parse("web", "web GAP wall 999999999999.999999999 s mono -999999999999.9 s at 1.0"));

    [Fact]
    public void Garbage_is_nothing() => Gen.OneOf(s_word.Array[0, 30].Select(string.Concat), Gen.String).Sample(
        text => Assert.All(HeartbeatLine.Parse("web", text), line => Assert.StartsWith("web ", line.Text, StringComparison.Ordinal)), iter: 10_000);

    [Fact]
    public void A_name_is_no_pattern() =>
        Assert.Single(HeartbeatLine.Parse("a.*+b", Beat("a.*+b", 1, 1)));

    internal static string Beat(string name, double seconds, long number, double offset = 0) => string.Format(
        CultureInfo.InvariantCulture,
        "{0} {1:yyyy-MM-dd HH:mm:ss.fff} up {2:0.00} beat {3}",
        name,
        FakeTiming.Start.UtcDateTime.AddSeconds(seconds + offset),
        seconds,
        number);
}
