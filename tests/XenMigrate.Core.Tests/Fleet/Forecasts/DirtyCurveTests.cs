namespace XenMigrate.Tests;

public class DirtyCurveTests
{
    private static readonly DirtyCurve s_curve = new(
        new DirtyRateReport(1000, [(TimeSpan.FromSeconds(0.5), 100), (TimeSpan.FromSeconds(1), 150), (TimeSpan.FromSeconds(2), 160)]), 1000);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 50)]
    [InlineData(0.5, 100)]
    [InlineData(0.75, 125)]
    [InlineData(2, 160)]
    [InlineData(3, 170)]
    [InlineData(1e6, 1000)]
    public void It_grows_between_the_counts_and_then_as_at_last_up_to_all_pages(double seconds, long pages) =>
        Assert.Equal(pages, s_curve.PagesAfter(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Its_rate_is_that_of_all_the_time() => Assert.Equal(80 * 4096, s_curve.BytesPerSecond);
}
