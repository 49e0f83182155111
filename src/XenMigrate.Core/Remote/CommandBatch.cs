namespace XenMigrate.Remote;

/// <summary>
/// Many commands as one remote execution. After each command a line with a boundary and its exit code goes to both
/// streams; the boundary is random, so that no output can pretend to be it.
/// </summary>
internal sealed class CommandBatch
{
    private const string Script =
        """
        boundary=$1; shift
        for line do
          eval "$line" </dev/null
          status=$?
          printf '\n%s %s\n' "$boundary" "$status"
          printf '\n%s %s\n' "$boundary" "$status" >&2
        done
        """;

    private readonly IReadOnlyList<RemoteCommand> _commands;
    private readonly string _boundary;

    public CommandBatch(IReadOnlyList<RemoteCommand> commands, string boundary)
    {
        _commands = commands;
        _boundary = boundary;
        // Each argument is a command line that RemoteCommand quoted: eval gives back its words and nothing more.
        Command = RemoteCommand.Script(Script, [boundary, .. commands.Select(command => command.ToString())]);
    }

    /// <summary>The one command to run.</summary>
    public RemoteCommand Command { get; }

    /// <summary>What a line begins with that ends a command's part of a stream; the exit code follows.</summary>
    /// <remarks>After it may come how many characters of the part were not kept.</remarks>
    public string Mark => _boundary + " ";

    /// <summary>A boundary that nobody can foresee.</summary>
    public static string NewBoundary() => "--xenmigrate-" + Guid.NewGuid().ToString("N");

    /// <summary>Takes the output of <see cref="Command"/> apart again.</summary>
    /// <exception cref="OutputNotUnderstoodException">A part is missing: the execution ended before its time.</exception>
    public IReadOnlyList<CommandResult> Split(CommandResult whole)
    {
        List<Part> outputs = Parts(whole.Output);
        List<Part> errors = Parts(whole.Error);

        if (outputs.Count != _commands.Count || errors.Count != _commands.Count)
        {
            int reached = Math.Min(outputs.Count, errors.Count);
            throw new OutputNotUnderstoodException(
                _commands[Math.Min(reached, _commands.Count - 1)],
                $"only {reached} of {_commands.Count} commands ended (exit code {whole.ExitCode})",
                whole.Output + whole.Error);
        }

        return
        [
            .. outputs.Zip(errors, (output, error) =>
                new CommandResult(output.ExitCode, output.Text, error.Text) { Discarded = output.Discarded + error.Discarded }),
        ];
    }

    private List<Part> Parts(string text)
    {
        List<Part> parts = [];
        string mark = "\n" + Mark;
        int start = 0;

        for (int at = text.IndexOf(mark, StringComparison.Ordinal);
             at >= 0;
             at = text.IndexOf(mark, start, StringComparison.Ordinal))
        {
            // A line without its end may have lost digits.
            int end = text.IndexOf('\n', at + mark.Length);
            if (end < 0)
            {
                break;
            }

            string[] numbers = text.Substring(at + mark.Length, end - at - mark.Length).Split([' '], 2);
            if (!int.TryParse(numbers[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exitCode)
                || !long.TryParse(numbers.Length > 1 ? numbers[1] : "0", NumberStyles.None, CultureInfo.InvariantCulture, out long discarded))
            {
                break;
            }

            parts.Add(new Part(exitCode, text.Substring(start, at - start), discarded));
            start = end + 1;
        }

        return parts;
    }

    private sealed record Part(int ExitCode, string Text, long Discarded);
}
