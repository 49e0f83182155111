namespace XenMigrate.Tests.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0000042, "0.004 ms")]
    [InlineData(0.0042, "4.2 ms")]
    [InlineData(0.34, "340 ms")]
    [InlineData(0.9996, "1 s")]
    [InlineData(1.234, "1.23 s")]
    [InlineData(59.96, "0 min 59 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(7260, "2 h 01 min")]
    [InlineData(-0.5, "-500 ms")]
    public void Times_read_well(double seconds, string text) => Assert.Equal(text, Figures.Time(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1000, "1000 B")]
    [InlineData(4096, "4 KiB")]
    [InlineData(1023.6, "1 KiB")]
    [InlineData(268_435_456, "256 MiB")]
    [InlineData(1.5e9, "1.4 GiB")]
    public void Sizes_read_well(double bytes, string text) => Assert.Equal(text, Figures.Size(bytes));

    [Fact]
    public void What_is_not_known_is_a_dash() =>
        Assert.Equal([Figures.None, Figures.None], [Figures.Time((TimeSpan?)null), Figures.Size((long?)null)]);

    [Fact]
    public void One_is_not_many() => Assert.Equal(["1 round", "2 rounds"], [Figures.Many(1, "round"), Figures.Many(2, "round")]);
}
