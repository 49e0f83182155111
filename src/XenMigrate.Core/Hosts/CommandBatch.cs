using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace XenMigrate.Hosts;

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

    /// <summary>A boundary that nobody can foresee.</summary>
    public static string NewBoundary() => "--xenmigrate-" + Guid.NewGuid().ToString("N");

    /// <summary>Takes the output of <see cref="Command"/> apart again.</summary>
    /// <exception cref="OutputNotUnderstoodException">A part is missing: the execution ended before its time.</exception>
    public IReadOnlyList<CommandResult> Split(CommandResult whole)
    {
        List<(int ExitCode, string Text)> outputs = Parts(whole.Output);
        List<(int ExitCode, string Text)> errors = Parts(whole.Error);

        if (outputs.Count != _commands.Count || errors.Count != _commands.Count)
        {
            int reached = Math.Min(outputs.Count, errors.Count);
            throw new OutputNotUnderstoodException(
                _commands[Math.Min(reached, _commands.Count - 1)],
                $"only {reached} of {_commands.Count} commands ended (exit code {whole.ExitCode})",
                whole.Output + whole.Error);
        }

        return [.. outputs.Zip(errors, (output, error) => new CommandResult(output.ExitCode, output.Text, error.Text))];
    }

    private List<(int ExitCode, string Text)> Parts(string text)
    {
        List<(int, string)> parts = [];
        string mark = "\n" + _boundary + " ";
        int start = 0;

        for (int at = text.IndexOf(mark, StringComparison.Ordinal);
             at >= 0;
             at = text.IndexOf(mark, start, StringComparison.Ordinal))
        {
            // A line without its end may have lost digits.
            int end = text.IndexOf('\n', at + mark.Length);
            if (end < 0 || !int.TryParse(
                text.Substring(at + mark.Length, end - at - mark.Length),
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out int exitCode))
            {
                break;
            }

            parts.Add((exitCode, text.Substring(start, at - start)));
            start = end + 1;
        }

        return parts;
    }
}
