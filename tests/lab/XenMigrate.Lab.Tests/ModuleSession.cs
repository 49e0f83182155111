using System.Collections.ObjectModel;
using System.Management.Automation.Runspaces;

namespace XenMigrate.Lab.Tests;

/// <summary>What a script wrote.</summary>
internal sealed record Outcome(Collection<PSObject> Output, ErrorRecord[] Errors, ProgressRecord[] Progress, string[] Warnings)
{
    /// <summary>The only object; without it, what went wrong is told.</summary>
    public PSObject Single
    {
        get
        {
            Assert.True(Output.Count == 1, $"{Output.Count} objects came, and: {string.Join("\n", Errors.Select(error => error.ToString()))}");
            return Output[0];
        }
    }

    /// <summary>The only error's id, without the cmdlet.</summary>
    public string ErrorId => Assert.Single(Errors).FullyQualifiedErrorId.Split(',')[0];
}

/// <summary>
/// A PowerShell with the built module as a user gets it, whose user has an ~/.ssh/config that includes the lab's; on
/// hosts that are as they were when the lab came up.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("xenmigrate-home-").FullName;
    private readonly string? _homeBefore = Environment.GetEnvironmentVariable("HOME");
    private readonly ListeningHost _host = new();
    private readonly Runspace _runspace;

    /// <param name="fresh">Whether the test wants guests that did not move since they booted.</param>
    public ModuleSession(bool fresh = false)
    {
        Lab.Ready(fresh);
        _ = Directory.CreateDirectory(Path.Combine(_home, ".ssh"));
        File.WriteAllText(Path.Combine(_home, ".ssh", "config"), $"Include \"{Lab.SshConfiguration}\"\n");
        Environment.SetEnvironmentVariable("HOME", _home);
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(StagedModule.Manifest);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
    }

    /// <summary>What the module told the person at the console past the pipeline.</summary>
    public IReadOnlyCollection<string> Told => _host.Told;

    public Outcome Run(string script)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return Collect(shell, shell.AddScript(script).Invoke());
    }

    /// <summary>Runs a script and, once a progress record says so, stops it as Ctrl+C does.</summary>
    public Outcome RunAndStop(string script, Func<ProgressRecord, bool> when)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return RunAnd(shell, script, when, shell.Stop);
    }

    /// <summary>Runs a script and, once a progress record says so, does something else meanwhile.</summary>
    public Outcome RunAnd(string script, Func<ProgressRecord, bool> when, Action meanwhile)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return RunAnd(shell, script, when, meanwhile);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        Environment.SetEnvironmentVariable("HOME", _homeBefore);
        Directory.Delete(_home, recursive: true);
    }

    private static Outcome RunAnd(PowerShell shell, string script, Func<ProgressRecord, bool> when, Action meanwhile)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.Streams.Progress.DataAdded += (_, e) =>
        {
            if (when(shell.Streams.Progress[e.Index]))
            {
                _ = reached.TrySetResult();
            }
        };
        PSDataCollection<PSObject> output = [];
        Task run = shell.AddScript(script).InvokeAsync<PSObject, PSObject>(null, output);
        int first = Task.WaitAny([reached.Task, run], TimeSpan.FromMinutes(5));
        if (first != 0)
        {
            // Only now: the output can't be read to its end before the script's.
            Assert.Fail(
                $"The script ended before the progress that was waited for: {string.Join("; ", output)}; {string.Join("; ", shell.Streams.Error)}; "
                    + string.Join("; ", shell.Streams.Progress.Select(record => $"{record.CurrentOperation} {record.PercentComplete}")));
        }

        meanwhile();

        try
        {
            Assert.True(run.Wait(TimeSpan.FromMinutes(5)), "The script did not end.");
        }
        catch (AggregateException e) when (e.InnerException is PipelineStoppedException)
        {
            // That is what was asked for.
        }

        return Collect(shell, [.. output]);
    }

    private static Outcome Collect(PowerShell shell, Collection<PSObject> output) =>
        new(output, [.. shell.Streams.Error], [.. shell.Streams.Progress], [.. shell.Streams.Warning.Select(w => w.Message)]);
}
