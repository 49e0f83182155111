namespace XenMigrate.Remote;

/// <summary>
/// Batches of commands as one remote execution, all batches at the same time. What a batch writes waits in a pipe until
/// those after it have ended, so nothing is mixed up, and no file is needed.
/// </summary>
internal sealed class CommandVolley
{
    // A batch writes all to standard output: after what a command wrote there, a mark with its exit code, what it wrote
    // on standard error, and the mark again.
    private const string Batch =
        """
        boundary=$1; shift
        exec 3>&1
        for line do
          error=$(eval "$line" 2>&1 >&3 3>&- </dev/null)
          status=$?
          printf '\n%s %s\n%s\n%s\n' "$boundary" "$status" "$error" "$boundary"
        done
        """;

    // The last batch comes first.
    private const string Script =
        """
        volley() {
          [ $# -gt 0 ] || return 0
          line=$1; shift
          eval "$line" </dev/null | { volley "$@"; cat; }
        }
        volley "$@"
        """;

    private readonly IReadOnlyList<IReadOnlyList<RemoteCommand>> _batches;
    private readonly string _boundary;

    public CommandVolley(IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, string boundary)
    {
        _batches = batches;
        _boundary = boundary;
        // Each argument is a command line that RemoteCommand quoted: eval gives back its words and nothing more.
        Command = RemoteCommand.Script(Script, [.. batches.Select((batch, index) => Line(batch, Mark(index)))]);
    }

    /// <summary>The one command to run.</summary>
    public RemoteCommand Command { get; }

    /// <summary>Takes the output of <see cref="Command"/> apart again.</summary>
    /// <exception cref="OutputNotUnderstoodException">A part is missing: the execution ended before its time.</exception>
    public IReadOnlyList<IReadOnlyList<CommandResult>> Split(CommandResult whole)
    {
        IReadOnlyList<CommandResult>[] results = new IReadOnlyList<CommandResult>[_batches.Count];
        int at = 0;
        for (int index = _batches.Count - 1; index >= 0; index--)
        {
            List<CommandResult> parts = [];
            foreach (RemoteCommand command in _batches[index])
            {
                parts.Add(Part(whole, Mark(index), ref at) ?? throw new OutputNotUnderstoodException(
                    command, $"it did not end (exit code {whole.ExitCode})", whole.Output + whole.Error));
            }

            results[index] = parts;
        }

        return results;
    }

    private string Mark(int index) => FormattableString.Invariant($"{_boundary}-{index}");

    private static string Line(IReadOnlyList<RemoteCommand> batch, string mark) =>
        RemoteCommand.Script(Batch, [mark, .. batch.Select(command => command.ToString())]).ToString();

    private static CommandResult? Part(CommandResult whole, string mark, ref int at)
    {
        string text = whole.Output;
        string before = $"\n{mark} ";
        string after = $"\n{mark}\n";
        int status = text.IndexOf(before, at, StringComparison.Ordinal);
        int error = status < 0 ? -1 : text.IndexOf('\n', status + before.Length);
        int end = error < 0 ? -1 : text.IndexOf(after, error + 1, StringComparison.Ordinal);
        if (end < 0 || !int.TryParse(
            text.Substring(status + before.Length, error - status - before.Length),
            NumberStyles.Integer,
            CultureInfo.InvariantCulture,
            out int exitCode))
        {
            return null;
        }

        string output = text.Substring(at, status - at);
        at = end + after.Length;
        return new CommandResult(exitCode, output, text.Substring(error + 1, end - error - 1));
    }
}
