namespace XenMigrate.Shell.Tests.Running;

public class FirstMoveTests
{
    [Fact]
    public async Task The_first_command_of_README_moves_three_times_and_shows_it()
    {
        string path = Path.Combine(ShellProcess.RepositoryRoot, "module", "examples", "first-move.ps1");

        Ended ended = await ShellProcess.RunAsync("-File", path);

        Assert.Equal(0, ended.Code);
        string[] moves = [.. ended.Output.ReplaceLineEndings("\n").Split('\n').Where(line => line.EndsWith(" Succeeded", StringComparison.Ordinal))];
        Assert.Equal(3, moves.Length);
        Assert.Matches(@"^testvm1 +et-virt08 +et-virt07 +Live ", moves[0]);
        Assert.Matches(@"^testvm1 +et-virt07 +et-virt08 +Live ", moves[1]);
        // On a starved machine, it may write so little that it does converge.
        Assert.Matches(@"^testvm2 +et-virt08 +et-virt07 +Live(ThenOffline)? ", moves[2]);
        Assert.DoesNotContain("Failed", ended.Output, StringComparison.Ordinal);
    }
}
