namespace XenMigrate.Tests;

public class PreCopyReportTests
{
    private static readonly Gen<TimeSpan> s_time = Gen.Long[0, 1_000_000_000].Select(microseconds => TimeSpan.FromTicks(microseconds * 10));

    private static readonly Gen<PreCopyReport> s_report = Gen.OneOf(
        Gen.Select(Gen.Int[0, 1000], Gen.Long[0, 1 << 30], Gen.Long[0, 1 << 30], Gen.Int[0, int.MaxValue])
            .Select((round, done, all, rate) => (PreCopyReport)new PreCopyReport.RoundProgress(round, done, all, rate)),
        Gen.Select(Gen.Int[0, 1000], Gen.Long[0, 1 << 30], Gen.Long[0, 1L << 50], s_time, s_time, Gen.Enum<ConvergenceDecision>(), Gen.String)
            .Select((round, pages, bytes, duration, pause, decision, why) => (PreCopyReport)new PreCopyReport.RoundEnded(
                new MigrationIteration(round, pages, bytes, duration, pages / 2, pause, decision, Whole(why)))),
        Gen.Const((PreCopyReport)new PreCopyReport.GuestSuspended()),
        Gen.Select(Gen.Bool, Gen.Bool, s_time, Gen.Long[0, 1L << 50], Gen.String).Select((moved, offline, pause, bytes, why) =>
            (PreCopyReport)new PreCopyReport.TransferEnded(moved, offline, pause, moved ? pause : null, bytes, Whole(why))));

    [Fact]
    public void What_is_written_is_read_back() => s_report.Sample(report => Assert.Equal(report, PreCopyReport.Parse(report.ToLine())));

    [Fact]
    public void A_report_is_one_line() => s_report.Sample(report => Assert.DoesNotContain('\n', report.ToLine()));

    [Theory]
    [InlineData("")]
    [InlineData("Error: no such domain")]
    [InlineData("{\"xenmigrate\":")]
    [InlineData("{\"xenmigrate\":\"dance\"}")]
    [InlineData("{\"xenmigrate\":7}")]
    [InlineData("{\"xenmigrate\":\"progress\"}")]
    [InlineData("{\"xenmigrate\":\"progress\",\"round\":0,\"pagesDone\":-1,\"pagesInRound\":5,\"bytesPerSecond\":1}")]
    [InlineData("{\"xenmigrate\":\"progress\",\"round\":99999999999,\"pagesDone\":1,\"pagesInRound\":5,\"bytesPerSecond\":1}")]
    [InlineData("{\"xenmigrate\":\"end\",\"moved\":\"yes\"}")]
    public void Another_line_is_none(string line) => Assert.Null(PreCopyReport.Parse(line));

    [Fact]
    public void A_report_cut_short_or_damaged_is_none_or_another_and_never_an_error() => Gen.Select(s_report, Gen.Int[0, 500], Gen.Char)
        .Sample((report, at, letter) =>
        {
            string line = report.ToLine();
            int place = at % line.Length;
            Assert.Null(PreCopyReport.Parse(line[..place]));
            _ = PreCopyReport.Parse(line[..place] + letter + line[(place + 1)..]);
        });

    /// <summary>JSON can't carry half a surrogate pair.</summary>
    private static string Whole(string text) => string.Concat(text.Where(letter => !char.IsSurrogate(letter)));
}
