namespace XenMigrate.Remote;

/// <summary>Commands to run on a host and how to read what they say; it throws if it can't be read.</summary>
internal sealed record Question<T>(
    IReadOnlyList<RemoteCommand> Commands, Func<IReadOnlyList<CommandResult>, T> Read)
{
    public Question(RemoteCommand command, Func<CommandResult, T> read)
        : this([command], results => read(results[0]))
    {
    }

    /// <summary>Asks this alone.</summary>
    public async Task<T> AskAsync(IHostShell shell, CancellationToken cancellationToken) => ReadWhole(
        await shell.RunAllAsync(Commands, HostShellExtensions.ReadTimeout, cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the results of the commands, none of which may have lost anything.</summary>
    /// <remarks>Who wants a result itself looks at its exit code, which is then that of a failure.</remarks>
    public T ReadWhole(IReadOnlyList<CommandResult> results) => Read(
    [
        .. results.Zip(Commands, (result, command) =>
            typeof(T) != typeof(CommandResult) ? result.Whole(command)
            : result is { Discarded: > 0, Succeeded: true } ? result with { ExitCode = -1 }
            : result),
    ]);
}

/// <summary>A value, or why there is none; and what it rests on.</summary>
internal sealed record Answer<T>(T? Value, string? Problem, Evidence Evidence)
    where T : class
{
    public static Answer<T> None(string host, string problem) =>
        new(null, problem, new Evidence(host, "", -1, ""));
}

/// <summary>Many questions to one host, asked in one remote execution.</summary>
/// <param name="shell">Asks it.</param>
/// <param name="kept">What it told before and need not tell again; null for nothing.</param>
internal sealed class Survey(IHostShell shell, KeptView? kept = null)
{
    private readonly Dictionary<string, IReadOnlyList<CommandResult>> _told = [];
    private readonly List<RemoteCommand> _commands = [];
    private IReadOnlyList<CommandResult> _results = [];

    /// <summary>Adds a question; call what it returns once <see cref="RunAsync"/> has ended.</summary>
    public Func<Answer<T>> Add<T>(Question<T> question)
        where T : class
    {
        int first = _commands.Count;
        _commands.AddRange(question.Commands);
        return () => Answer(question, [.. _results.Skip(first).Take(question.Commands.Count)]);
    }

    /// <summary>The same of what stays as it is until the host is booted again: it is asked only if its answer is not kept.</summary>
    public Func<Answer<T>> AddLasting<T>(Question<T> question)
        where T : class
    {
        string key = string.Join("; ", question.Commands);
        if (kept is not null && kept.Results.TryGetValue(key, out IReadOnlyList<CommandResult>? results))
        {
            return () => Answer(question, results);
        }

        int first = _commands.Count;
        Func<Answer<T>> add = Add(question);
        return () =>
        {
            Answer<T> answer = add();
            if (answer.Value is not null)
            {
                _told[key] = [.. _results.Skip(first).Take(question.Commands.Count)];
            }

            return answer;
        };
    }

    /// <summary>What lasts of what was told, once it was read.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CommandResult>> Told => _told;

    /// <summary>Runs surveys of one host at once, where it can, and in one remote execution.</summary>
    public static async Task RunAtOnceAsync(
        IHostShell shell, IReadOnlyList<Survey> surveys, CancellationToken cancellationToken)
    {
        if (surveys.Count < 2)
        {
            await Task.WhenAll(surveys.Select(survey => survey.RunAsync(cancellationToken))).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<IReadOnlyList<CommandResult>> results = await shell
            .RunAtOnceAsync([.. surveys.Select(survey => survey._commands)], HostShellExtensions.ReadTimeout, cancellationToken)
            .ConfigureAwait(false);
        foreach ((Survey survey, int index) in surveys.Select((survey, index) => (survey, index)))
        {
            survey._results = results[index];
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_commands.Count > 0)
        {
            _results = await shell.RunAllAsync(_commands, HostShellExtensions.ReadTimeout, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private Answer<T> Answer<T>(Question<T> question, IReadOnlyList<CommandResult> results)
        where T : class
    {
        Evidence evidence = new(
            shell.Endpoint.ComputerName,
            string.Join("; ", question.Commands.Select(command => (command.Inner ?? command).ToString())),
            results.Select(result => result.ExitCode).FirstOrDefault(code => code != 0),
            Excerpt(results));

        try
        {
            return new Answer<T>(question.ReadWhole(results), null, evidence);
        }
        catch (XenMigrateException e)
        {
            return new Answer<T>(null, e.Message, evidence);
        }
    }

    private static string Excerpt(IEnumerable<CommandResult> results) => OutputExcerpt.Of(
        string.Join("\n", results.Select(result => (Beginning(result.Output) + Beginning(result.Error)).Trim())));

    // No more than the excerpt can hold: the whole may be long.
    private static string Beginning(string text) =>
        text.Length <= OutputExcerpt.MostCharacters ? text : text.Substring(0, OutputExcerpt.MostCharacters + 1);
}
