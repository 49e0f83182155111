using System.Linq;
using XenMigrate.Shell.Completion;
using XenMigrate.Shell.Editing;
using XenMigrate.Shell.Hosting;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Running;

/// <summary>Asks for commands and runs them, until exit or the end of input.</summary>
internal sealed class PromptLoop(CommandRunner runner, ShellHost host, Screen screen, SessionCompleter completer)
{
    private static readonly HistoryFile s_file = new(HistoryFile.DefaultPath());

    private readonly History _history = new(s_file.Read());

    public void Run()
    {
        LineEditor editor = new(screen.Terminal)
        {
            History = _history,
            Completer = completer,
            IsComplete = Completeness.IsComplete,
            Colours = SyntaxColours.Of,
        };

        while (host.ExitCode is null && !host.LeftNestedPrompt)
        {
            EditedLine line = editor.Read(Prompt());
            if (line.End == LineEnd.EndOfInput)
            {
                break;
            }

            if (line.End == LineEnd.Accepted && !string.IsNullOrWhiteSpace(line.Text))
            {
                _history.Add(line.Text);
                s_file.Append(line.Text);
                runner.RunTyped(line.Text);
            }
        }
    }

    /// <summary>A prompt within a command that asked for it.</summary>
    public void RunNested()
    {
        using System.IDisposable asking = screen.Ask();
        Run();
        host.LeftNestedPrompt = false;
    }

    private string Prompt()
    {
        try
        {
            string prompt = string.Concat(runner.Evaluate("prompt").Select(part => part?.ToString()));
            return prompt.Length > 0 ? prompt : "PS> ";
        }
        catch (System.Management.Automation.RuntimeException)
        {
            // A prompt that fails must not keep its owner from mending it.
            return "PS> ";
        }
    }
}
