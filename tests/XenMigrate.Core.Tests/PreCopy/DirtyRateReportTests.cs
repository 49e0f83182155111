namespace XenMigrate.Tests;

public class DirtyRateReportTests
{
    private static readonly Gen<DirtyRateReport> s_reports = Gen.Select(Gen.Long[0, 1L << 40], Gen.Select(Gen.Int[1, 100_000], Gen.Long[0, 1 << 20]).Array[1, 8])
        .Select((populated, steps) =>
        {
            int milliseconds = 0;
            long pages = 0;
            return new DirtyRateReport(populated, [.. steps.Select(step => (TimeSpan.FromMilliseconds(milliseconds += step.Item1), pages += step.Item2))]);
        });

    [Fact]
    public void What_is_written_is_read_back() => s_reports.Sample(report =>
    {
        DirtyRateReport read = DirtyRateReport.Parse(report.ToLine())!;
        Assert.Equal(report.PopulatedPages, read.PopulatedPages);
        Assert.Equal(report.Counts, read.Counts);
    });

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"xenmigrate":"dirtyRate","populatedPages":5,"counts":[]}""")]
    [InlineData("""{"xenmigrate":"dirtyRate","populatedPages":-1,"counts":[[1,5]]}""")]
    [InlineData("""{"xenmigrate":"dirtyRate","populatedPages":5,"counts":[[0,5]]}""")]
    [InlineData("""{"xenmigrate":"dirtyRate","populatedPages":5,"counts":[[1,5],[2,4]]}""")]
    [InlineData("""{"xenmigrate":"dirtyRate","populatedPages":5,"counts":[[2,5],[1,6]]}""")]
    [InlineData("""{"xenmigrate":"dirtyRate","populatedPages":5,"counts":[[1e300,5]]}""")]
    [InlineData("""{"xenmigrate":"round","populatedPages":5,"counts":[[1,5]]}""")]
    public void What_can_not_be_is_refused(string text) => Assert.Null(DirtyRateReport.Parse(text));

    [Fact]
    public void Garbage_is_nothing() => Gen.String.Sample(text => _ = DirtyRateReport.Parse(text));
}
