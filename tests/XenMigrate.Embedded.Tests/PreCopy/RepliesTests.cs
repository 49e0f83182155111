namespace XenMigrate.Tests.PreCopy;

public class RepliesTests
{
    [Theory]
    [InlineData("(err (type XendError) (value 'it\\'s full'))", "it's full")]
    [InlineData("(err (type XendError) (value ''))", "")]
    [InlineData("(err (type XendError) (value '))", "(err (type XendError) (value '))")]
    [InlineData("(err whatever", "(err whatever")]
    public void A_refusal_is_read_whatever_it_looks_like(string line, string message)
    {
        using MemoryWire wire = new(Encoding.UTF8.GetBytes(line + "\n"));

        GuestRefusedException refusal = Assert.Throws<GuestRefusedException>(() => Replies.Next(wire));

        Assert.Equal(message, refusal.Message);
    }

    [Theory]
    [InlineData("(ok beat 0.250000)", 0.25)]
    [InlineData("(ok beat )", null)]
    [InlineData("(ok beat ", null)]
    [InlineData("(ok beat -1)", null)]
    [InlineData("(ok beat NaN)", null)]
    [InlineData("(ok running)", null)]
    public void A_beat_is_read_or_is_none(string line, double? seconds) =>
        Assert.Equal(seconds, Replies.ParseBeat(line)?.TotalSeconds);
}
