using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using XenMigrate.Shell.Editing;

namespace XenMigrate.Shell.Completion;

/// <summary>PowerShell's own completion, and files and folders, for which it asks commands that are not here.</summary>
internal sealed class SessionCompleter(Runspace runspace) : ICompleter
{
    public Completions Complete(string text, int cursor)
    {
        Completions found = FromPowerShell(text, cursor);
        return found.Matches.Count > 0
            ? found
            : FileCompletion.Of(text, cursor, runspace.SessionStateProxy.Path.CurrentFileSystemLocation.ProviderPath);
    }

    private Completions FromPowerShell(string text, int cursor)
    {
        // Within a command there is a pipeline already, and completing needs one of its own.
        if (runspace.RunspaceAvailability != RunspaceAvailability.Available)
        {
            return Completions.None;
        }

        try
        {
            using PowerShell shell = PowerShell.Create(runspace);
            CommandCompletion completion = CommandCompletion.CompleteInput(text, cursor, null, shell);
            return new Completions(
                completion.ReplacementIndex,
                completion.ReplacementLength,
                [.. completion.CompletionMatches.Select(match => new Editing.Completion(match.CompletionText, match.ListItemText))]);
        }
        catch (RuntimeException)
        {
            return Completions.None;
        }
    }
}
