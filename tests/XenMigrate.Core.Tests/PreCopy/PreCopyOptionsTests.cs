namespace XenMigrate.Tests;

public class PreCopyOptionsTests
{
    private static readonly Gen<PreCopyOptions> s_wishes = Gen.Select(Gen.Bool, Gen.Enum<StreamCompression>(), Gen.Bool, Gen.Int[0, 9999], Gen.Int[0, 9999]).Select(
        (enforce, compression, throttle, suspension, start) => new PreCopyOptions
        {
            Fixed = new DowntimeParts(TimeSpan.FromMilliseconds(suspension), TimeSpan.Zero, TimeSpan.FromMilliseconds(start)),
            EnforceDowntime = enforce,
            Compression = compression,
            Throttle = throttle,
        });

    private static readonly Gen<PreCopyOptions> s_options = Gen.Select(
        s_wishes, Gen.Int[0, 1_000_000], Gen.Bool, Gen.Long[0, long.MaxValue], Gen.Bool, Gen.Int[0, 1_000_000], Gen.Int[1, 2]).Select(
        (requested, downtime, fallback, bandwidth, keep, time, connections) => requested with
        {
            MaximumDowntime = TimeSpan.FromMilliseconds(downtime),
            OfflineFallback = fallback,
            BandwidthLimit = bandwidth == 0 ? null : bandwidth,
            KeepLimitWhilePaused = keep,
            TimeLimit = time == 0 ? null : TimeSpan.FromMilliseconds(time),
            Connections = connections,
        });

    [Fact]
    public void What_is_written_is_read_back() => s_options.Sample(options =>
        Assert.Equal(options, PreCopyOptions.Parse(options.ToString())));

    [Fact]
    public void It_is_one_word_for_a_shell() => s_options.Sample(options => Assert.Matches("^[a-z0-9=,.]+$", options.ToString()));

    [Fact]
    public void Nothing_at_all_is_the_defaults() => Assert.Equal(new PreCopyOptions(), PreCopyOptions.Parse(""));

    [Theory]
    [InlineData("downtime=")]
    [InlineData("downtime=-1")]
    [InlineData("downtime=1e3")]
    [InlineData("downtime=9999999999")]
    [InlineData("fallback=maybe")]
    [InlineData("bandwidth=0")]
    [InlineData("bandwidth=-5")]
    [InlineData("bandwidth=99999999999999999999")]
    [InlineData("keeplimit=no")]
    [InlineData("connections=3")]
    [InlineData("enforce=no")]
    [InlineData("compression=best")]
    [InlineData("throttle=")]
    [InlineData("start=-1")]
    [InlineData("suspension=soon")]
    [InlineData("downtime")]
    [InlineData("colour=red")]
    public void What_it_does_not_know_it_refuses(string text)
    {
        FormatException e = Assert.Throws<FormatException>(() => PreCopyOptions.Parse(text));
        Assert.Contains(text, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_never_does_worse_than_a_format_exception() => Gen.String.Sample(text =>
    {
        try
        {
            _ = PreCopyOptions.Parse(text);
        }
        catch (FormatException)
        {
            // That is what it's for.
        }
    });
}
