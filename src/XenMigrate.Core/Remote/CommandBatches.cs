namespace XenMigrate.Remote;

/// <summary>
/// Batches of commands as one remote execution: all batches at the same time, the commands within a batch one after the
/// other, whatever each ends with. After each command comes a mark; it is random, so that no output can pretend to be it.
/// What a batch writes waits in a pipe until those after it have ended, so nothing is mixed up, and no file is needed.
/// </summary>
internal sealed class CommandBatches
{
    // A batch writes all to standard output: after what a command wrote there, a mark with its exit code, what it wrote
    // on standard error, and the mark again.
    private const string OneAfterTheOther =
        """
        mark=$1; shift
        exec 3>&1
        for line do
          error=$(eval "$line" 2>&1 >&3 3>&- </dev/null)
          status=$?
          printf '\n%s %s\n%s\n%s\n' "$mark" "$status" "$error" "$mark"
        done
        """;

    // The last batch comes first.
    private const string AtOnce =
        """
        at_once() {
          [ $# -gt 0 ] || return 0
          line=$1; shift
          eval "$line" </dev/null | { at_once "$@"; cat; }
        }
        at_once "$@"
        """;

    private readonly IReadOnlyList<IReadOnlyList<RemoteCommand>> _batches;

    public CommandBatches(IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, string boundary)
    {
        _batches = batches;
        MarkPrefix = boundary + "-";
        RemoteCommand[] scripts = [.. batches.Select((batch, index) => Script(batch, Mark(index)))];
        // Each argument is a command line that RemoteCommand quoted: eval gives back its words and nothing more.
        Command = scripts.Length == 1 ? scripts[0] : RemoteCommand.Script(AtOnce, [.. scripts.Select(script => script.ToString())]);
    }

    /// <summary>The one command to run.</summary>
    public RemoteCommand Command { get; }

    /// <summary>What a line begins with that ends a part of the output: what a command wrote, or what it wrote on standard error.</summary>
    /// <remarks>After such a line may come how many characters of the part were not kept.</remarks>
    public string MarkPrefix { get; }

    /// <summary>A boundary that nobody can foresee.</summary>
    public static string NewBoundary() => "--xenmigrate-" + Guid.NewGuid().ToString("N");

    /// <summary>Takes the output of <see cref="Command"/> apart again.</summary>
    /// <exception cref="OutputNotUnderstoodException">A part is missing: the execution ended before its time.</exception>
    public IReadOnlyList<IReadOnlyList<CommandResult>> Split(CommandResult whole)
    {
        IReadOnlyList<CommandResult>[] results = new IReadOnlyList<CommandResult>[_batches.Count];
        int at = 0;
        for (int index = _batches.Count - 1; index >= 0; index--)
        {
            List<CommandResult> ended = [];
            foreach (RemoteCommand command in _batches[index])
            {
                ended.Add(Next(whole.Output, Mark(index), ref at) ?? throw new OutputNotUnderstoodException(
                    command, $"it did not end (exit code {whole.ExitCode})", whole.Output + whole.Error));
            }

            results[index] = ended;
        }

        return results;
    }

    private string Mark(int index) => FormattableString.Invariant($"{MarkPrefix}{index}");

    private static RemoteCommand Script(IReadOnlyList<RemoteCommand> batch, string mark) =>
        RemoteCommand.Script(OneAfterTheOther, [mark, .. batch.Select(command => command.ToString())]);

    private static CommandResult? Next(string text, string mark, ref int at)
    {
        int end = at;
        if (Part(text, mark, ref end) is not { } output
            || Part(text, mark, ref end) is not { } error
            || !int.TryParse(output.Numbers.FirstOrDefault(), NumberStyles.Integer, CultureInfo.InvariantCulture, out int exitCode)
            || Discarded(output.Numbers, 1) is not { } lostOutput
            || Discarded(error.Numbers, 0) is not { } lostError)
        {
            return null;
        }

        at = end;
        return new CommandResult(exitCode, output.Text, error.Text) { Discarded = lostOutput + lostError };
    }

    private static long? Discarded(string[] numbers, int index) =>
        numbers.Length <= index ? 0
        : long.TryParse(numbers[index], NumberStyles.None, CultureInfo.InvariantCulture, out long discarded) ? discarded
        : null;

    /// <summary>The text up to the next mark, and the numbers after that; null if there is no whole line with one.</summary>
    private static (string Text, string[] Numbers)? Part(string text, string mark, ref int at)
    {
        string line = "\n" + mark;
        for (int found = text.IndexOf(line, at, StringComparison.Ordinal); found >= 0; found = text.IndexOf(line, found + 1, StringComparison.Ordinal))
        {
            int rest = found + line.Length;
            // A line without its end may have lost digits; one with more in it is another batch's.
            int end = text.IndexOf('\n', rest);
            if (end < 0)
            {
                return null;
            }

            if (end == rest || text[rest] == ' ')
            {
                string part = text.Substring(at, found - at);
                at = end + 1;
                return (part, text.Substring(rest, end - rest).Split([' '], StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return null;
    }
}
