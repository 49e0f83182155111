using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using XenMigrate.Shell.Running;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Hosting;

/// <summary>What PowerShell knows of the program that it runs in.</summary>
internal sealed class ShellHost(Screen screen, Action stop) : PSHost
{
    private readonly ShellInterface _interface = new(screen, stop);

    /// <summary>Runs a prompt within the command that asked for it, until exit.</summary>
    public Action? NestedPrompt { get; set; }

    /// <summary>The code that "exit" gave; null as long as nobody said exit.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Whether the innermost prompt was left.</summary>
    public bool LeftNestedPrompt { get; set; }

    /// <summary>How the last command went.</summary>
    public Status Status { get; } = new();

    public override PSObject PrivateData => PSObject.AsPSObject(Status);

    public override string Name => "XenMigrate.Shell";

    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version ?? new Version(0, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _interface;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() =>
        (NestedPrompt ?? throw new HostException("Nobody sits at this shell: it has no nested prompt.")).Invoke();

    public override void ExitNestedPrompt() => LeftNestedPrompt = true;

    // The terminal is the native program's while it runs.
    public override void NotifyBeginApplication() => screen.EndProgress();

    public override void NotifyEndApplication()
    {
    }
}
