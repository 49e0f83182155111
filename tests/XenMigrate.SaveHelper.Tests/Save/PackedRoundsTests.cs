namespace XenMigrate.Tests.Save;

public class PackedRoundsTests
{
    private const long MB = 1_000_000;
    private readonly PackedRounds _rounds = new();

    [Fact]
    public void A_round_that_buffers_cannot_hold_took_what_was_measured()
    {
        _ = LongestSeconds(wireBytes: 20 * MB, seconds: 20);

        Assert.Equal(2, LongestSeconds(wireBytes: 5 * MB, seconds: 2));
    }

    [Fact]
    public void The_first_has_nothing_to_be_compared_with()
    {
        Assert.Equal(3, LongestSeconds(wireBytes: 1 * MB, seconds: 3));
    }

    [Fact]
    public void What_may_still_lie_in_buffers_is_yet_to_be_sent()
    {
        _ = LongestSeconds(wireBytes: 20 * MB, seconds: 10);

        Assert.Equal(1.5, LongestSeconds(wireBytes: 1 * MB, seconds: 1));
    }

    [Fact]
    public void Pages_of_which_nothing_is_sent_take_their_packing()
    {
        _ = LongestSeconds(wireBytes: 0, seconds: 1);

        Assert.Equal(2, LongestSeconds(wireBytes: 0, seconds: 2));
    }

    private double LongestSeconds(long wireBytes, double seconds) => _rounds.LongestDuration(
        new RoundMeasure(1, wireBytes, 25 * MB, TimeSpan.FromSeconds(seconds)), smallestSample: 4 * MB).TotalSeconds;
}
