using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;

namespace XenMigrate.ModuleTests.Hosting;

/// <summary>A PowerShell that imported the built module, and a screen that it writes to.</summary>
internal sealed class ModuleRunspace : IDisposable
{
    // One at a time: in a new process, a runspace that opened beside another once did not know Stop-Job.
    private static readonly object s_opening = new();
    private readonly Runspace _runspace;

    public ModuleRunspace()
    {
        System.Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        lock (s_opening)
        {
            InitialSessionState state = InitialSessionState.CreateDefault2();
            state.ThrowOnRunspaceOpenError = true;
            state.ImportPSModule(BuiltModule.Manifest);
            _runspace = RunspaceFactory.CreateRunspace(Screen, state);
            _runspace.Open();
        }
    }

    public ScreenHost Screen { get; } = new();

    /// <summary>The module's commands.</summary>
    public IReadOnlyList<CmdletInfo> Cmdlets() =>
        [.. Run("Get-Command -Module XenMigrate").Output.Select(item => (CmdletInfo)item.BaseObject)];

    public Written Run(string script)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return new Written([.. shell.AddScript(script).Invoke()], [.. shell.Streams.Error]);
    }

    /// <summary>What the screen shows of the script's output.</summary>
    public string Show(string script)
    {
        Screen.Clear();
        using PowerShell shell = PowerShell.Create(_runspace);
        _ = shell.AddScript(script).AddCommand("Out-Default").Invoke();
        return Screen.Text;
    }

    public string Show(object value)
    {
        Screen.Clear();
        using PowerShell shell = PowerShell.Create(_runspace);
        _ = shell.AddCommand("Out-Default").Invoke(new[] { value });
        return Screen.Text;
    }

    /// <summary>Stops the pipeline, as Ctrl+C does, once a move copies memory; returns what the screen showed.</summary>
    public async Task<string> StopWhenMovingAsync(string script)
    {
        Screen.Clear();
        TaskCompletionSource moving = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.Streams.Progress.DataAdded += (sender, e) =>
        {
            if (((PSDataCollection<ProgressRecord>)sender!)[e.Index] is { CurrentOperation: "CopyingMemory" })
            {
                _ = moving.TrySetResult();
            }
        };

        Task<PSDataCollection<PSObject>> run = shell.AddScript(script).InvokeAsync();
        _ = await Task.WhenAny(moving.Task, run);
        await shell.StopAsync(null, null);
        _ = await Task.WhenAny(run);
        return Screen.Text;
    }

    public void Dispose() => _runspace.Dispose();
}

/// <summary>What a script wrote.</summary>
internal sealed record Written(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors)
{
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);
}
