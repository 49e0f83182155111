using XenMigrate.Shell.Hosting;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Running;

/// <summary>Runs the commands that a file or a pipe holds, one after the other, until exit or the end.</summary>
internal sealed class InputLoop(CommandRunner runner, ShellHost host, ITerminal terminal)
{
    /// <summary>Whether the last command succeeded.</summary>
    public bool Succeeded { get; private set; } = true;

    public void Run()
    {
        string command = "";
        while (host.ExitCode is null && !runner.WasStopped && terminal.ReadLine() is { } line)
        {
            command = command.Length > 0 ? $"{command}\n{line}" : line;
            if (Completeness.IsComplete(command))
            {
                Do(ref command);
            }
        }

        // What never became complete: PowerShell says why.
        Do(ref command);
    }

    private void Do(ref string command)
    {
        if (!string.IsNullOrWhiteSpace(command) && host.ExitCode is null && !runner.WasStopped)
        {
            Succeeded = runner.RunText(command);
        }

        command = "";
    }
}
