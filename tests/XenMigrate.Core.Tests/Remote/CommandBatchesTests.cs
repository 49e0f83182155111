namespace XenMigrate.Tests;

public class CommandBatchesTests
{
    private const string Boundary = "--xenmigrate-0123456789abcdef";

    private static readonly RemoteCommand[][] s_batches =
    [
        [RemoteCommand.Script("echo out; echo err >&2; exit 3"), new("printf", "no newline")],
        [new("no-such-program-here")],
        [RemoteCommand.Script("kill -KILL $$"), new("cat"), new("printf", @"%s|", "a b", "$HOME", "it's", "", "\n--xenmigrate- 0\n")],
        [],
    ];

    [PosixFact]
    public async Task A_real_shell_gives_each_batch_its_own_answers()
    {
        IReadOnlyList<IReadOnlyList<CommandResult>> results = await RunAsync(s_batches);

        Assert.Equal([2, 1, 3, 0], results.Select(batch => batch.Count));
        Assert.Equal([new(3, "out\n", "err\n"), new(0, "no newline", "")], results[0]);
        Assert.Equal(127, results[1][0].ExitCode);
        Assert.Contains("not found", results[1][0].Error, StringComparison.Ordinal);
        Assert.Equal([137, 0, 0], results[2].Select(result => result.ExitCode));
        Assert.Equal("a b|$HOME|it's||\n--xenmigrate- 0\n|", results[2][2].Output);
    }

    [PosixFact]
    public async Task A_real_shell_gives_no_command_the_input_of_the_next()
    {
        IReadOnlyList<IReadOnlyList<CommandResult>> results = await RunAsync([[RemoteCommand.Script("read -r line; echo \"got $line\""), new("echo", "next")]]);

        Assert.Equal(["got \n", "next\n"], results[0].Select(result => result.Output));
    }

    [PosixFact]
    public async Task All_batches_run_at_the_same_time()
    {
        using TemporaryFolder folder = new();
        string pipe = System.IO.Path.Combine(folder.Path, "pipe");
        _ = await LocalShell.RunAsync(new RemoteCommand("mkfifo", pipe));

        // Whoever comes first waits for the other; one after the other they would wait for ever.
        IReadOnlyList<IReadOnlyList<CommandResult>> results = await RunAsync(
        [
            [RemoteCommand.Script("""echo hello > "$1" """, pipe)],
            [new("cat", pipe)],
        ]).WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("hello\n", results[1][0].Output);
    }

    [PosixFact]
    public async Task Much_output_of_many_is_not_mixed_up()
    {
        RemoteCommand[][] batches =
        [
            .. Enumerable.Range(0, 16).Select(index => new[]
            {
                RemoteCommand.Script("""i=0; while [ $i -lt 4000 ]; do echo "$1-0123456789012345678"; i=$((i + 1)); done""", $"{index}"),
            }),
        ];

        IReadOnlyList<IReadOnlyList<CommandResult>> results = await RunAsync(batches);

        Assert.All(results.Select((batch, index) => (batch[0].Output, index)), result => Assert.Equal(
            string.Concat(Enumerable.Repeat($"{result.index}-0123456789012345678\n", 4000)), result.Output));
    }

    [PosixFact]
    public async Task An_execution_that_ended_early_is_never_taken_for_whole()
    {
        CommandBatches together = new(s_batches, Boundary);
        CommandResult whole = await LocalShell.RunAsync(together.Command);

        for (int length = 0; length < whole.Output.Length; length++)
        {
            _ = Assert.Throws<OutputNotUnderstoodException>(() => together.Split(whole with { Output = whole.Output[..length] }));
        }
    }

    [Fact]
    public void Any_output_comes_back_as_it_was_written() => Parts.Array[1, 6].Sample(parts =>
        BatchOf(parts.Length).Split(Whole(parts))[0].SequenceEqual(parts));

    [Fact]
    public void However_an_execution_is_cut_short_it_is_never_taken_for_whole() =>
        Parts.Array[1, 4].SelectMany(parts => Gen.Select(Gen.Const(parts), Gen.Int[0, Whole(parts).Output.Length - 1])).Sample((parts, length) =>
            Assert.Throws<OutputNotUnderstoodException>(() => BatchOf(parts.Length).Split(new CommandResult(0, Whole(parts).Output[..length], ""))));

    [Fact]
    public void The_error_names_the_first_command_that_did_not_end()
    {
        CommandBatches batch = new([[new("xl", "info"), new("xl", "list")]], Boundary);

        OutputNotUnderstoodException e = Assert.Throws<OutputNotUnderstoodException>(
            () => batch.Split(new CommandResult(255, $"text\n{Boundary}-0 0\nrest", "")));

        Assert.Equal("xl list", e.Command.ToString());
        Assert.Contains("did not end (exit code 255)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_which_something_was_not_kept_says_so()
    {
        CommandResult whole = new(0, $"cut\n{Boundary}-0 0 4000\nall\n{Boundary}-0 1\n\n{Boundary}-0 30\nwhy\n{Boundary}-0\n", "");

        Assert.Equal([new CommandResult(0, "cut", "") { Discarded = 4030 }, new CommandResult(1, "all", "why")], BatchOf(2).Split(whole)[0]);
    }

    [Fact]
    public void Two_boundaries_are_never_the_same() =>
        Assert.NotEqual(CommandBatches.NewBoundary(), CommandBatches.NewBoundary());

    [Fact]
    public void Garbage_is_never_taken_for_an_answer() => Gen.String.Sample(text => Assert.Throws<OutputNotUnderstoodException>(
        () => new CommandBatches([[new("xl", "info")]], Boundary).Split(new CommandResult(0, text, text))));

    private static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.String,
        Gen.OneOf("", "\n", "\n\n", Boundary, Boundary + "-0 0\n", "\n" + Boundary, "\n" + Boundary[..^1] + "-0 0\n", "text"),
        Gen.String[Gen.Char["\n- 0x"], 0, 20]).Where(text => !text.Contains($"\n{Boundary}-0", StringComparison.Ordinal));

    private static Gen<CommandResult> Parts { get; } =
        Gen.Select(Texts, Texts, Gen.Int[0, 255]).Select((output, error, exitCode) => new CommandResult(exitCode, output, error));

    private static CommandBatches BatchOf(int count) =>
        new([[.. Enumerable.Range(0, count).Select(i => new RemoteCommand("echo", $"{i}"))]], Boundary);

    private static CommandResult Whole(IReadOnlyList<CommandResult> parts) => new(
        0,
        string.Concat(parts.Select(part => $"{part.Output}\n{Boundary}-0 {part.ExitCode}\n").Concat(parts.Select(part => $"{part.Error}\n{Boundary}-0\n"))),
        "");

    private static async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAsync(RemoteCommand[][] batches)
    {
        CommandBatches together = new(batches, Boundary);
        return together.Split(await LocalShell.RunAsync(together.Command));
    }
}
