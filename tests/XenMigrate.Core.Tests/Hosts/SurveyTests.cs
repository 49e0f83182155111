namespace XenMigrate.Tests;

public class SurveyTests
{
    private readonly FakeShell _shell = new FakeShell("a").Answers("cat*", "words\n").Answers("echo*", "more\n", "with an error");

    [Fact]
    public async Task Many_questions_are_one_execution()
    {
        Survey survey = new(_shell);
        Func<Answer<string>> first = survey.Add(Text(new("cat", "x")));
        Func<Answer<string>> second = survey.Add(new Question<string>(
            [new("echo", "1"), new("echo", "2")], results => string.Concat(results.Select(result => result.Output))));

        await survey.RunAsync(CancellationToken.None);

        Assert.Single(_shell.Executions);
        Assert.Equal(("words\n", "more\nmore\n"), (first().Value, second().Value));
        Assert.Equal("echo 1; echo 2", second().Evidence.Command);
    }

    [Fact]
    public async Task One_answer_that_is_not_understood_leaves_the_others()
    {
        Survey survey = new(_shell);
        Func<Answer<string>> bad = survey.Add(new Question<string>(
            new RemoteCommand("cat", "x"), result => throw new OutputNotUnderstoodException(new("cat"), "odd", result.Output)));
        Func<Answer<string>> good = survey.Add(Text(new("echo", "1")));

        await survey.RunAsync(CancellationToken.None);

        Assert.Null(bad().Value);
        Assert.Contains("odd", bad().Problem, StringComparison.Ordinal);
        Assert.Equal("more\n", good().Value);
    }

    [Fact]
    public async Task The_evidence_has_the_failing_exit_code_and_not_the_whole_output()
    {
        _shell.Answers("cat*", new string('x', 5000), exitCode: 3);
        Survey survey = new(_shell);
        Func<Answer<string>> answer = survey.Add(Text(new("cat", "x")));

        await survey.RunAsync(CancellationToken.None);

        Assert.Equal(("a", "cat x", 3), (answer().Evidence.ComputerName, answer().Evidence.Command, answer().Evidence.ExitCode));
        Assert.InRange(answer().Evidence.Excerpt.Length, 900, 1000);
    }

    [Fact]
    public async Task An_answer_of_which_a_part_is_missing_is_none()
    {
        _shell.Does("cat*", (_, _, _) => Task.FromResult(new CommandResult(0, "words", "") { Discarded = 9 }));
        Survey survey = new(_shell);
        Func<Answer<string>> cut = survey.Add(Text(new("cat", "x")));
        Func<Answer<string>> whole = survey.Add(Text(new("echo", "1")));

        await survey.RunAsync(CancellationToken.None);

        Assert.Null(cut().Value);
        Assert.Contains("'cat x' is not understood: it is 9 characters longer", cut().Problem, StringComparison.Ordinal);
        Assert.Equal("more\n", whole().Value);
        _ = await Assert.ThrowsAsync<OutputNotUnderstoodException>(() => Text(new("cat", "x")).AskAsync(_shell, CancellationToken.None));
    }

    [Fact]
    public async Task A_result_of_which_a_part_is_missing_is_that_of_a_failure()
    {
        _shell.Does("cat*", (_, _, _) => Task.FromResult(new CommandResult(0, "words", "") { Discarded = 9 }));
        Survey survey = new(_shell);
        Func<Answer<CommandResult>> cut = survey.Add(new Question<CommandResult>(new RemoteCommand("cat", "x"), result => result));

        await survey.RunAsync(CancellationToken.None);

        Assert.False(cut().Value!.Succeeded);
    }

    [Fact]
    public async Task No_question_is_no_execution()
    {
        await new Survey(_shell).RunAsync(CancellationToken.None);

        Assert.Empty(_shell.Executions);
    }

    [Fact]
    public async Task A_shell_that_is_observed_tells_of_each_execution()
    {
        List<CommandExecution> seen = [];
        ObservedHostShell observed = new(_shell, seen.Add);

        _ = await observed.RunAsync(new("cat", "x"), CancellationToken.None);
        _ = await observed.RunAllAsync([new("echo", "1"), new("nothing")], TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.Equal(2, seen.Count);
        Assert.Equal([0, 127], seen[1].ExitCodes);
        Assert.All(seen, execution => Assert.Equal("a", execution.ComputerName));
    }

    [Fact]
    public async Task A_command_that_is_read_must_succeed()
    {
        _shell.Fails("cat*", "no such file");

        RemoteCommandFailedException e = await Assert.ThrowsAsync<RemoteCommandFailedException>(
            () => _shell.ReadAsync(new("cat", "x"), CancellationToken.None));

        Assert.Equal("'cat x' on a ended with exit code 1: no such file", e.Message);
    }

    [Theory]
    [InlineData("11111111-2222-3333-4444-555555555555\n", true)]
    [InlineData("", false)]
    [InlineData("cat: no such file", false)]
    public void A_boot_id_is_a_guid_and_nothing_else(string output, bool isOne)
    {
        if (isOne)
        {
            Assert.Equal(output.Trim(), BootId.Parse(output));
            return;
        }

        _ = Assert.Throws<OutputNotUnderstoodException>(() => BootId.Parse(output));
    }

    private static Question<string> Text(RemoteCommand command) => new(command, result => result.Output);
}
