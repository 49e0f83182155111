using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Threading;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Running;

/// <summary>Runs commands one after the other, shows what they write, and stops the one that runs when asked.</summary>
internal sealed class CommandRunner(Runspace runspace, Screen screen, PSHostUserInterface ui, Status status)
{
    // In a scope of its own, because the command may have left "Stop" in the session's.
    private const string Report =
        "[CmdletBinding()] param() $ErrorActionPreference = 'Continue'; $PSCmdlet.WriteError($Host.PrivateData.Error)";

    private readonly Lock _lock = new();
    private readonly Stack<Pipeline> _running = [];

    /// <summary>Whether a command was stopped from outside since this was last set to false.</summary>
    public bool WasStopped { get; set; }

    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _running.Count == 0;
            }
        }
    }

    /// <summary>Runs a command as a person typed it. It is among those that Get-History lists.</summary>
    public void RunTyped(string text) => _ = Run(Create(text));

    /// <summary>Runs text. False if its last command failed.</summary>
    public bool RunText(string text)
    {
        status.Succeeded = true;
        return Run(Create(Script(text + "\n$Host.PrivateData.Succeeded = $?"))) && status.Succeeded;
    }

    /// <summary>Runs a script with arguments of which each is a word of its own. False if an error ended it.</summary>
    public bool RunScript(string path, IEnumerable<string> arguments)
    {
        Command script = new(path, isScript: false, useLocalScope: false);
        foreach (CommandParameter argument in arguments.Select(ScriptArgument.Of))
        {
            script.Parameters.Add(argument);
        }

        TopScript.LetExitEndTheShell(runspace);
        return Run(Create(script));
    }

    /// <summary>What a command returns, without showing it.</summary>
    public IReadOnlyList<PSObject> Evaluate(string text)
    {
        using Pipeline pipeline = Create(Script(text));
        return Tracked(pipeline, pipeline.Invoke);
    }

    /// <summary>Stops the innermost command that runs.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            WasStopped = true;
            if (_running.TryPeek(out Pipeline? pipeline))
            {
                pipeline.StopAsync();
            }
        }
    }

    /// <summary>Shows an exception as PowerShell shows errors.</summary>
    public void Show(Exception exception)
    {
        if (exception is ParseException { Errors: null or [{ Extent.File: null }, ..] } text)
        {
            // PowerShell's own view shows an empty line for text that is in no file.
            ui.WriteErrorLine($"{PSStyle.Instance.Formatting.Error}ParserError: {text.Message}{PSStyle.Instance.Reset}");
            return;
        }

        ErrorRecord record = (exception as IContainsErrorRecord)?.ErrorRecord
            ?? new ErrorRecord(exception, exception.GetType().Name, ErrorCategory.NotSpecified, null);
        using Pipeline pipeline = Create(new Command(Report, isScript: true, useLocalScope: true));
        status.Error = record;
        pipeline.Commands.Add(ShowAll());
        _ = Tracked(pipeline, pipeline.Invoke);
    }

    private bool Run(Pipeline pipeline)
    {
        using (pipeline)
        {
            pipeline.Commands.Add(ShowAll());
            try
            {
                _ = Tracked(pipeline, pipeline.Invoke);
                return true;
            }
            catch (PipelineStoppedException)
            {
                return false;
            }
            catch (RuntimeException e)
            {
                Show(e);
                return false;
            }
            finally
            {
                screen.EndProgress();
            }
        }
    }

    private static Command Script(string text) => new(text, isScript: true, useLocalScope: false);

    private static Command ShowAll() =>
        new("Out-Default") { MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output };

    private T Tracked<T>(Pipeline pipeline, Func<T> invoke)
    {
        lock (_lock)
        {
            _running.Push(pipeline);
        }

        try
        {
            return invoke();
        }
        finally
        {
            lock (_lock)
            {
                _ = _running.Pop();
            }
        }
    }

    private Pipeline Create(Command command)
    {
        Pipeline pipeline = IsIdle ? runspace.CreatePipeline() : runspace.CreateNestedPipeline();
        pipeline.Commands.Add(command);
        return pipeline;
    }

    private Pipeline Create(string text) =>
        IsIdle ? runspace.CreatePipeline(text, addToHistory: true) : runspace.CreateNestedPipeline(text, addToHistory: true);
}
