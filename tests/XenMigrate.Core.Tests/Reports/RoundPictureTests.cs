using System.Xml.Linq;

namespace XenMigrate.Tests.Reports;

public sealed class RoundPictureTests
{
    private static readonly Gen<MigrationIteration> s_round = Gen.Select(
        Gen.Int[0, 1000], Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 50], Gen.Long[0, 1L << 45], Gen.Long[0, 1L << 40], Gen.Enum<ConvergenceDecision>(),
        (number, pages, bytes, ticks, dirty, decision) =>
            new MigrationIteration(number, pages, bytes, new TimeSpan(ticks), dirty, new TimeSpan(ticks / 3), decision, "so"));

    [Fact]
    public void The_paused_round_stands_on_a_band_with_the_measured_pause()
    {
        XElement svg = Draw(SampleMoves.Converged());

        Assert.Single(svg.Elements("rect"), box => (string?)box.Attribute("class") == "band");
        Assert.Contains(svg.Elements("text"), text => text.Value == "guest paused for 4.2 ms ▾");
        Assert.Contains(svg.Elements("text"), text => text.Value == "paused");
        Assert.Equal(
            ["20.7 ms", "12.2 ms", "5.1 ms", "4.2 ms"],
            svg.Elements("text").Where(text => ((string?)text.Attribute("class"))!.StartsWith("value", StringComparison.Ordinal))
                .Select(text => text.Value).Where(text => text.EndsWith(" ms", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_move_that_gave_up_has_no_pause()
    {
        MigrationResult aborted = SampleMoves.WentOffline() with
        {
            Downtime = null,
            Iteration = [.. SampleMoves.WentOffline().Iteration.Take(6).Select(round => round with { Decision = ConvergenceDecision.Abort })],
        };

        XElement svg = Draw(aborted);

        Assert.DoesNotContain(svg.Descendants(), element => (string?)element.Attribute("class") is "band" or "pause" or "still");
    }

    [Fact]
    public void A_screen_reader_hears_the_story()
    {
        string text = RoundPicture.Describe(new RoundSeries(SampleMoves.Converged()));

        Assert.StartsWith(
            "4 rounds in 359 ms. Round 0: sent 256 MiB in 331 ms (775 MiB/s); the guest dirtied 14.1 MiB meanwhile; a pause now would take 20.7 ms.",
            text);
        Assert.EndsWith("The pause took 4.2 ms; 5.1 ms were predicted.", text);
    }

    [Fact]
    public void Of_many_rounds_it_tells_the_first_and_the_last()
    {
        MigrationResult many = SampleMoves.Converged() with
        {
            Iteration = [.. Enumerable.Range(0, 100).Select(i => SampleMoves.Round(i, 1, 4096, 1, 1, 1, ConvergenceDecision.Continue, ""))],
        };

        string text = RoundPicture.Describe(new RoundSeries(many));

        Assert.Contains("Round 2:", text);
        Assert.DoesNotContain("Round 3:", text);
        Assert.Contains("Round 99:", text);
    }

    [Fact]
    public void Everything_lies_within_the_picture() => s_round.Array[1, 200].Sample(rounds =>
    {
        XElement svg = Draw(SampleMoves.Converged() with { Iteration = rounds });
        Assert.All(svg.Descendants().Attributes(), attribute =>
        {
            if (attribute.Name.LocalName is "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy" or "width" or "height")
            {
                double value = double.Parse(attribute.Value, CultureInfo.InvariantCulture);
                Assert.InRange(value, 0, attribute.Name.LocalName is "y" or "y1" or "y2" or "cy" or "height" ? 604 : 960);
            }
            else if (attribute.Name.LocalName is "d" or "points")
            {
                Assert.DoesNotContain("NaN", attribute.Value);
                Assert.DoesNotContain("∞", attribute.Value);
            }
        });
    }, iter: 100);

    private static XElement Draw(MigrationResult move) =>
        RoundPicture.Build(new RoundSeries(move), "p").Descendants("svg").Single();
}
