namespace XenMigrate.Tests;

public class CommandBatchTests
{
    private const string Boundary = "--xenmigrate-0123456789abcdef";

    [Fact]
    public void Any_output_comes_back_as_it_was_written() =>
        Gen.Select(Texts, Texts, Gen.Int[0, 255]).Array[1, 6].Sample(parts =>
        {
            CommandBatch batch = BatchOf(parts.Length);
            CommandResult[] written = [.. parts.Select(part => new CommandResult(part.Item3, part.Item1, part.Item2))];

            return batch.Split(Whole(written)).SequenceEqual(written);
        });

    [Fact]
    public void An_execution_that_ended_early_is_never_taken_for_whole() =>
        Gen.Select(Texts, Texts, Gen.Int[0, 255]).Array[1, 4].SelectMany(parts =>
        {
            CommandResult whole = Whole([.. parts.Select(part => new CommandResult(part.Item3, part.Item1, part.Item2))]);
            return Gen.Select(
                Gen.Const(parts.Length), Gen.Const(whole), Gen.Int[0, whole.Output.Length - 1], Gen.Int[0, whole.Error.Length - 1]);
        }).Sample((count, whole, output, error) =>
        {
            CommandBatch batch = BatchOf(count);
            _ = Assert.Throws<OutputNotUnderstoodException>(() => batch.Split(whole with { Output = whole.Output[..output] }));
            _ = Assert.Throws<OutputNotUnderstoodException>(() => batch.Split(whole with { Error = whole.Error[..error] }));
        });

    [Fact]
    public void The_error_names_the_first_command_that_did_not_end()
    {
        CommandBatch batch = new([new("xl", "info"), new("xl", "list")], Boundary);
        CommandResult half = new(255, $"text\n{Boundary} 0\nrest", $"\n{Boundary} 0\n");

        OutputNotUnderstoodException e = Assert.Throws<OutputNotUnderstoodException>(() => batch.Split(half));

        Assert.Equal("xl list", e.Command.ToString());
        Assert.Contains("only 1 of 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_which_something_was_not_kept_says_so()
    {
        CommandBatch batch = BatchOf(2);
        CommandResult whole = new(0, $"cut\n{Boundary} 0 4000\nall\n{Boundary} 1\n", $"\n{Boundary} 0 30\n\n{Boundary} 1\n");

        Assert.Equal(
            [new CommandResult(0, "cut", "") { Discarded = 4030 }, new CommandResult(1, "all", "")],
            batch.Split(whole));
    }

    [Fact]
    public void Two_boundaries_are_never_the_same() =>
        Assert.NotEqual(CommandBatch.NewBoundary(), CommandBatch.NewBoundary());

    [PosixFact]
    public async Task A_real_shell_runs_each_command_whatever_became_of_the_one_before()
    {
        RemoteCommand[] commands =
        [
            new("printf", "no newline"),
            RemoteCommand.Script("echo out; echo err >&2; exit 3"),
            new("cat"),
            new("no-such-program-here"),
            RemoteCommand.Script("kill -KILL $$"),
            new("printf", @"%s|", "a b", "$HOME", "it's", "", "\n--xenmigrate- 0\n"),
        ];
        CommandBatch batch = new(commands, CommandBatch.NewBoundary());

        IReadOnlyList<CommandResult> results = batch.Split(await LocalShell.RunAsync(batch.Command));

        Assert.Equal(new CommandResult(0, "no newline", ""), results[0]);
        Assert.Equal(new CommandResult(3, "out\n", "err\n"), results[1]);
        Assert.Equal(new CommandResult(0, "", ""), results[2]);
        Assert.Equal(127, results[3].ExitCode);
        Assert.Contains("not found", results[3].Error, StringComparison.Ordinal);
        Assert.Equal(137, results[4].ExitCode);
        Assert.Equal("a b|$HOME|it's||\n--xenmigrate- 0\n|", results[5].Output);
    }

    [PosixFact]
    public async Task A_real_shell_gives_no_command_the_input_of_the_next()
    {
        CommandBatch batch = new([RemoteCommand.Script("read -r line; echo \"got $line\""), new("echo", "next")], CommandBatch.NewBoundary());

        IReadOnlyList<CommandResult> results = batch.Split(await LocalShell.RunAsync(batch.Command));

        Assert.Equal(["got \n", "next\n"], results.Select(result => result.Output));
    }

    private static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.String,
        Gen.OneOf("", "\n", "\n\n", Boundary, Boundary + " 0\n", "\n" + Boundary, "\n" + Boundary[..^1] + " 0\n", "text"),
        Gen.String[Gen.Char["\n- 0x"], 0, 20]);

    private static CommandBatch BatchOf(int count) =>
        new([.. Enumerable.Range(0, count).Select(i => new RemoteCommand("echo", $"{i}"))], Boundary);

    private static CommandResult Whole(IReadOnlyList<CommandResult> parts) => new(
        0,
        string.Concat(parts.Select(part => $"{part.Output}\n{Boundary} {part.ExitCode}\n")),
        string.Concat(parts.Select(part => $"{part.Error}\n{Boundary} {part.ExitCode}\n")));
}
