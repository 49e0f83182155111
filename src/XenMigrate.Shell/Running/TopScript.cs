using System.Management.Automation.Runspaces;
using System.Reflection;

namespace XenMigrate.Shell.Running;

/// <summary>
/// "exit 3" in a script usually ends the script and sets $LASTEXITCODE. pwsh makes it end the shell if the script is what
/// it was started for, by a flag that others may not see; and nothing else tells such a 3 from a native program's.
/// </summary>
internal static class TopScript
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>Holds for the next script that is started.</summary>
    public static void LetExitEndTheShell(Runspace runspace)
    {
        object? context = runspace.GetType().GetProperty("ExecutionContext", Hidden)?.GetValue(runspace)
            ?? runspace.GetType().GetProperty("GetExecutionContext", Hidden)?.GetValue(runspace);
        context?.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)?.SetValue(context, true);
    }
}
