using XenMigrate.Benchmarks;

namespace XenMigrate.Tests;

/// <summary>What benchmarks make of their runs.</summary>
public class FigureTests
{
    [Fact]
    public void A_speed_is_the_middle_of_the_pairs_ratios()
    {
        Figure figure = Measured.Speed("copy", 0.9, "a plain copy", [(2, 1), (1, 1), (1.6, 2)]);

        Assert.Equal((1.0, 1.0, true, "met"), (figure.Value!.Value, figure.Best!.Value, figure.Met!.Value, figure.Verdict));
    }

    [Fact]
    public void Of_an_even_number_of_runs_the_two_in_the_middle_count() => Assert.Equal(2.5, Measured.Median([4, 1, 3, 2]));

    [Fact]
    public void What_else_ran_made_either_slower_so_best_against_best_meets_a_goal_too()
    {
        Figure figure = Measured.Time("start", 1.25, "another", [(2, 1), (1.2, 1), (3, 2)]);

        Assert.Equal((1.5, 1.2, true), (figure.Value!.Value, figure.Best!.Value, figure.Met!.Value));
        Assert.False(Measured.Time("start", 1.25, "another", [(2, 1), (1.3, 1)]).Met);
    }

    [Fact]
    public void A_baseline_that_spreads_judges_nothing()
    {
        Figure figure = Measured.Speed("copy", 0.9, "a plain copy", [(1, 1), (1, 2.6)]);

        Assert.Equal((null, "the baseline itself spreads 2.6 x", "not judged"), (figure.Met, figure.Why, figure.Verdict));
        Assert.True(Measured.Speed("copy", 0.9, "a plain copy", [(1, 1), (1, 2.5)]).Met);
    }

    [Fact]
    public void On_a_busy_machine_a_goal_that_was_met_is_met_and_a_missed_one_is_not_judged()
    {
        Figure figure = Measured.Value("pause", "ms", null, 10, [11, 12, 13]) with { Busy = "others ran" };

        Assert.Equal((null, "others ran"), (figure.Met, figure.Why));
        Assert.False((figure with { Busy = null }).Met);
        Assert.True((figure with { Most = 20 }).Met);
        Assert.False(Measured.Count("executions", "", null, 2, 3).Met);
        Assert.False((Measured.Count("executions", "", null, 2, 3) with { Busy = "others ran" }).Met);
    }

    [Fact]
    public void A_share_is_the_part_of_the_runs_that_were_within_their_limits()
    {
        Figure figure = Measured.Share("pause", "ms", 0.95, "what was allowed", [(1, 2), (2, 2), (3, 2), (4, 5)]);

        Assert.Equal((0.75, false, ">= 95 %", "75 %"), (figure.Value!.Value, figure.Met!.Value, figure.Goal, figure.Show(figure.Value.Value)));
    }

    [Theory]
    [InlineData(null, 5.0, "<= 5")]
    [InlineData(0.9, null, ">= 0.9")]
    [InlineData(-5.0, 5.0, "-5..5")]
    [InlineData(null, null, "")]
    public void A_goal_is_a_few_characters(double? least, double? most, string goal) =>
        Assert.Equal(goal, Measured.Value("a", "", least, most, [1]).Goal);

    [Fact]
    public void What_was_not_run_has_no_verdict_but_a_reason()
    {
        Figure none = Measured.Value("pause", "ms", null, 10, []);
        Figure skipped = Measured.Skipped("against QEMU", "it is not installed");

        Assert.Equal((null, null, "there was no such run"), (none.Value, none.Met, none.Why));
        Assert.Equal((null, null, "it is not installed", "not judged"), (skipped.Value, skipped.Met, skipped.Why, skipped.Verdict));
    }

    [Theory]
    [InlineData(0.4, 0.0, null)]
    [InlineData(0.6, 0.0, "the load was 0.6 for each processor before")]
    [InlineData(0.6, 0.2, "other machines took 20 % of the processors")]
    [InlineData(null, 0.05, null)]
    public void A_machine_is_busy_by_what_others_did(double? load, double steal, string? busy) => Assert.Equal(busy, MachineLoad.Judge(load, steal));

    [Fact]
    public void Arguments_are_names_with_their_numbers()
    {
        BenchmarkArguments arguments = BenchmarkArguments.Parse(["chaos", "5", "7", "--compare", "a.json", "plan", "--goals"], ["embedded", "chaos", "plan"])!;

        Assert.Equal([("chaos", "5 7"), ("plan", "")], arguments.Benchmarks.Select(one => (one.Name, string.Join(' ', one.Numbers))));
        Assert.Equal(("a.json", true), (arguments.Before, arguments.Evaluates));
        Assert.Equal("embedded", Assert.Single(BenchmarkArguments.Parse([], ["embedded"])!.Benchmarks).Name);
        Assert.All<string[]>([["other"], ["5"], ["--compare"], ["embedded", "-1"]], words => Assert.Null(BenchmarkArguments.Parse(words, ["embedded"])));
    }
}
