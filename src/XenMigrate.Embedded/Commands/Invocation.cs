namespace XenMigrate.Embedded.Commands;

/// <summary>A program that runs on an embedded host: its words, its environment, and where its output goes.</summary>
internal sealed record Invocation(
    IReadOnlyList<string> Words,
    IReadOnlyDictionary<string, string> Environment,
    CommandOutput Output,
    CancellationToken CancellationToken)
{
    /// <summary>The command as it came, if it is a script of ours.</summary>
    public RemoteCommand? Script { get; init; }

    /// <summary>How the program was called.</summary>
    public string Program => Words[0][(Words[0].LastIndexOf('/') + 1)..];

    /// <summary>What follows the program, or sh -c SCRIPT sh.</summary>
    public IReadOnlyList<string> Arguments => [.. Words.Skip(Script is null ? 1 : 4)];

    /// <summary>The same for another command.</summary>
    public Invocation Of(RemoteCommand command) => this with { Words = command.Words, Script = command.Name is null ? null : command };

    public void Write(string text) => Output.Write(text);

    public void WriteLine(string text) => Output.WriteLine(text);

    /// <summary>Writes a line to standard error, and returns the exit code that goes with it.</summary>
    public int Fail(string text, int exitCode = 1)
    {
        Output.WriteError(text);
        return exitCode;
    }

    /// <summary>What a shell says of a program that is not installed.</summary>
    public int FailAsMissing() => Fail($"sh: {Words[0]}: command not found", 127);

    /// <summary>The same, begun with the program's name as most of them do.</summary>
    public int FailAs(string text, int exitCode = 1) => Fail($"{Program}: {text}", exitCode);
}
