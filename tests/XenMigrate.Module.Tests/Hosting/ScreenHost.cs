using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace XenMigrate.ModuleTests.Hosting;

/// <summary>A PowerShell host with a screen of 100 columns, which remembers what is written to it.</summary>
internal sealed class ScreenHost : PSHost
{
    private readonly ScreenInterface _screen = new();

    public string Text => _screen.Text;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Screen";

    public override PSHostUserInterface UI => _screen;

    public override Version Version { get; } = new(1, 0);

    public void Clear() => _screen.Clear();

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
