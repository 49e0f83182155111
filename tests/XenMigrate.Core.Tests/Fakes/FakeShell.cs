namespace XenMigrate.Tests;

/// <summary>A host that answers as it was told to. What it was not told of is not installed there.</summary>
internal sealed class FakeShell(string name) : IHostShell
{
    private readonly object _lock = new();
    private readonly LeaseBook _leases = new(() => TimeSpan.Zero, () => "");
    private readonly List<IReadOnlyList<RemoteCommand>> _executions = [];
    private readonly List<(Func<string, bool> Matches, Behaviour Behaviour)> _behaviours = [];

    public delegate Task<CommandResult> Behaviour(
        RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken);

    public HostEndpoint Endpoint { get; } = new(name, name, 22, "root", "SHA256:abc", null);

    public bool IsConnected => true;

    /// <summary>Each remote execution with its commands.</summary>
    public IReadOnlyList<IReadOnlyList<RemoteCommand>> Executions
    {
        get
        {
            lock (_lock)
            {
                return [.. _executions];
            }
        }
    }

    /// <summary>Every command in order, as a shell would read it.</summary>
    public IReadOnlyList<string> Commands => [.. Executions.SelectMany(execution => execution).Select(command => command.ToString())];

    /// <param name="command">The whole command line, or its beginning and a star.</param>
    public FakeShell Answers(string command, string output, string error = "", int exitCode = 0) =>
        Does(command, (_, _, _) => Task.FromResult(new CommandResult(exitCode, output, error)));

    public FakeShell Fails(string command, string error = "", int exitCode = 1) => Answers(command, "", error, exitCode);

    public FakeShell Throws(string command, Exception exception) =>
        Does(command, (_, _, _) => Task.FromException<CommandResult>(exception));

    /// <summary>Answers one thing after the other, and the last for ever.</summary>
    public FakeShell AnswersInTurn(string command, params string[] outputs)
    {
        Queue<string> rest = new(outputs);
        return Does(command, (_, _, _) =>
            Task.FromResult(new CommandResult(0, rest.Count > 1 ? rest.Dequeue() : rest.Peek(), "")));
    }

    /// <summary>What was said last of a command counts.</summary>
    public FakeShell Does(string command, Behaviour behaviour)
    {
        Func<string, bool> matches = command.EndsWith('*')
            ? text => text.StartsWith(command[..^1], StringComparison.Ordinal)
            : text => text == command;
        _behaviours.Insert(0, (matches, behaviour));
        return this;
    }

    public Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        // It is told of acts, not of what guards them; a host that looks is SimulatedHost.
        command = GuardedAct.Act(command);
        if (LeaseCommands.Is(command.Words))
        {
            return Task.FromResult(_leases.Run(command.Words)!);
        }

        Note([command]);
        return AnswerAsync(command, lines, cancellationToken);
    }

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await RunRowAsync([.. batches.SelectMany(batch => batch)], timeout, cancellationToken)).InBatches(batches);

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<IReadOnlyList<CommandResult>> RunRowAsync(
        IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Note([.. commands.Where(command => !LeaseCommands.Is(command.Words))]);
        List<CommandResult> results = [];
        foreach (RemoteCommand command in commands)
        {
            results.Add(_leases.Run(command.Words) ?? await AnswerAsync(command, null, cancellationToken));
        }

        return results;
    }

    public void Dispose()
    {
    }

    private Task<CommandResult> AnswerAsync(
        RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string text = command.ToString();
        foreach ((Func<string, bool> matches, Behaviour behaviour) in _behaviours)
        {
            if (matches(text))
            {
                return behaviour(command, lines, cancellationToken);
            }
        }

        return Task.FromResult(new CommandResult(127, "", $"sh: 1: {command.Words[0]}: not found"));
    }

    private void Note(IReadOnlyList<RemoteCommand> commands)
    {
        lock (_lock)
        {
            _executions.Add(commands);
        }
    }
}
