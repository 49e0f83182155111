namespace XenMigrate.Remote;

/// <summary>
/// Batches of commands as one remote execution: all batches at the same time, the commands within a batch one after the
/// other, whatever each ends with. After each command comes a mark; it is random, so that no output can pretend to be it.
/// What a batch writes waits in a pipe until those after it have ended, so nothing is mixed up, and no file is needed.
/// </summary>
internal sealed class CommandBatches
{
    // A batch writes all to standard output: after what each command wrote there, a mark with its exit code; and at the end what
    // each wrote on standard error, and the mark again. That waits in one variable: a process more for each command would
    // double the time of commands that only look. Nor is a program started for what the shell can do itself: read a line of
    // the kernel's, say that a file is not there, run a script of ours, unless that speaks of its own process.
    private const string OneAfterTheOther =
        """
        mark=$1; shift
        cat() {
          case $#$1 in
          1/proc/uptime|1/etc/redhat-release)
            if [ -e "$1" ]; then
              while IFS= read -r text || [ -n "$text" ]; do printf '%s\n' "$text"; done < "$1"
              return
            fi ;;
          esac
          case $#$1 in
          1/*) [ -e "$1" ] || { echo "cat: $1: No such file or directory" >&2; return 1; } ;;
          esac
          command cat "$@"
        }
        ls() {
          case $#$1 in
          1/sys/*)
            [ -d "$1" ] || return
            for each in "$1"/*; do [ ! -e "$each" ] || printf '%s\n' "${each##*/}"; done ;;
          *) command ls "$@" ;;
          esac
        }
        blockdev() {
          [ "$1" != --getro ] || [ -b "$2" ] || { echo "blockdev: $2 is no device" >&2; return 1; }
          command blockdev "$@"
        }
        sh() {
          case $#$1$2 in
          [012]-*|*'$$'*) command sh "$@" ;;
          [3-9]-c*|[1-9][0-9]-c*) (script=$2; shift 3; eval "$script") ;;
          *) command sh "$@" ;;
          esac
        }
        exec 3>&1
        errors=$(
          for line do
            eval "$line" 2>&1 >&3 3>&- </dev/null
            status=$?
            printf '\n%s %s\n' "$mark" "$status" >&3
            printf '\n%s\n' "$mark"
          done
        )
        printf '%s\n' "$errors"
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
            string mark = Mark(index);
            Part[] outputs = [.. _batches[index].Select(command => Next(whole, mark, ref at, numbers: 1) ?? throw Unended(command, whole))];
            results[index] =
            [
                .. _batches[index].Zip(outputs, (command, output) => Next(whole, mark, ref at, numbers: 0) is { } error
                    ? new CommandResult((int)output.Numbers[0], output.Text, error.Text) { Discarded = output.Discarded + error.Discarded }
                    : throw Unended(command, whole)),
            ];
        }

        return results;
    }

    private string Mark(int index) => FormattableString.Invariant($"{MarkPrefix}{index}");

    private static RemoteCommand Script(IReadOnlyList<RemoteCommand> batch, string mark) =>
        RemoteCommand.Script(OneAfterTheOther, [mark, .. batch.Select(Line)]);

    // Between one command and the next, "status" is the exit code of the one.
    private static string Line(RemoteCommand command) => command.IsOnlyForFailure ? "[ $status = 0 ] || " + command : command.ToString();

    private static OutputNotUnderstoodException Unended(RemoteCommand command, CommandResult whole) =>
        new(command, $"it did not end (exit code {whole.ExitCode})", whole.Output + whole.Error);

    /// <summary>The text up to the next mark; null if there is no whole line with one, or not with these numbers.</summary>
    private static Part? Next(CommandResult whole, string mark, ref int at, int numbers)
    {
        string text = whole.Output;
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
                return Part.Of(part, text.Substring(rest, end - rest), numbers);
            }
        }

        return null;
    }

    /// <param name="Text">What was written.</param>
    /// <param name="Numbers">What its mark tells.</param>
    /// <param name="Discarded">How many characters were not kept.</param>
    private sealed record Part(string Text, long[] Numbers, long Discarded)
    {
        public static Part? Of(string text, string told, int numbers)
        {
            List<long> all = [];
            foreach (string word in told.Split([' '], StringSplitOptions.RemoveEmptyEntries))
            {
                if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) || number is < int.MinValue or > int.MaxValue)
                {
                    return null;
                }

                all.Add(number);
            }

            return all.Count == numbers || all.Count == numbers + 1
                ? new Part(text, [.. all.Take(numbers)], all.Count > numbers ? all[numbers] : 0)
                : null;
        }
    }
}
