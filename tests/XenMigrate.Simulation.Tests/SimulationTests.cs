namespace XenMigrate.Simulation.Tests;

public class SimulationTests
{
    [Fact(Timeout = 600_000)]
    public async Task Whatever_anybody_does_meanwhile_one_copy_runs_and_what_was_told_is_true()
    {
        IReadOnlyList<string> wrong = await SimulationProcesses.RunAsync(Depth.Of(onCI: 20_000, elsewhere: 500), first: 1);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Each showed a defect once. What a seed does changes with the acts that there are; the kinds are tested by themselves.
    [Fact(Timeout = 120_000)]
    public async Task What_was_wrong_once_is_so_no_more()
    {
        string[] lines = await SimulationProcesses.OutputAsync("only", "489,744,1577,2020,3955,3093,3647,5178,5630,9164,13108,26436,52640,113863,114264,85987,128559,142167,191159,191451,102,232,352,772,1052,1222,1772,1912,12172,15482,2332,14152");

        Assert.True(lines.Length == 1, string.Join('\n', lines));
    }

    [Fact(Timeout = 60_000)]
    public async Task Half_a_guest_that_xend_keeps_of_a_source_that_was_booted_is_taken_away()
    {
        string[] lines = await SimulationProcesses.OutputAsync("200", "201", "trace");

        Assert.Contains(lines, line => line.Contains("xc_restore", StringComparison.Ordinal) && line.EndsWith("gets TERM from repairer", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("ended: web: Cleared", StringComparison.Ordinal));
        Assert.EndsWith(" 0 wrong", lines[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_seed_always_makes_the_same_run()
    {
        string[] one = await SimulationProcesses.OutputAsync("50", "1", "trace");
        string[] other = await SimulationProcesses.OutputAsync("50", "1", "trace");

        // The last line has the time that it took.
        Assert.Equal(one[..^1], other[..^1]);
    }
}
