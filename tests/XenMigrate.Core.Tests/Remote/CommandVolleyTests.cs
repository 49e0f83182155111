namespace XenMigrate.Tests;

public class CommandVolleyTests
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
        Assert.Equal([new(3, "out\n", "err"), new(0, "no newline", "")], results[0]);
        Assert.Equal(127, results[1][0].ExitCode);
        Assert.Contains("not found", results[1][0].Error, StringComparison.Ordinal);
        Assert.Equal([137, 0, 0], results[2].Select(result => result.ExitCode));
        Assert.Equal("a b|$HOME|it's||\n--xenmigrate- 0\n|", results[2][2].Output);
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
        CommandVolley volley = new(s_batches, Boundary);
        CommandResult whole = await LocalShell.RunAsync(volley.Command);

        for (int length = 0; length < whole.Output.Length; length++)
        {
            _ = Assert.Throws<OutputNotUnderstoodException>(() => volley.Split(whole with { Output = whole.Output[..length] }));
        }
    }

    [Fact]
    public void Garbage_is_never_taken_for_an_answer() => Gen.String.Sample(text => Assert.Throws<OutputNotUnderstoodException>(
        () => new CommandVolley([[new("xl", "info")]], Boundary).Split(new CommandResult(0, text, text))));

    private static async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAsync(RemoteCommand[][] batches)
    {
        CommandVolley volley = new(batches, Boundary);
        return volley.Split(await LocalShell.RunAsync(volley.Command));
    }
}
