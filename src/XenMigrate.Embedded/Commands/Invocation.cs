namespace XenMigrate.Embedded.Commands;

/// <summary>A program that runs on an embedded host: its words, its environment, and where its output goes.</summary>
internal sealed record Invocation(
    EmbeddedHost Host,
    IReadOnlyList<string> Words,
    IReadOnlyDictionary<string, string> Environment,
    CommandOutput Output,
    CancellationToken CancellationToken)
{
    /// <summary>How the program was called.</summary>
    public string Program => Words[0][(Words[0].LastIndexOf('/') + 1)..];

    /// <summary>What follows the program.</summary>
    public IReadOnlyList<string> Arguments => [.. Words.Skip(1)];

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
