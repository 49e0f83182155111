using System.Management.Automation;

namespace XenMigrate.Shell.Running;

/// <summary>
/// How the last command went. The engine keeps $? to itself once a command ended, so each command says it in its last
/// line, by $Host.PrivateData.
/// </summary>
public sealed class Status
{
    public bool Succeeded { get; set; } = true;

    /// <summary>An error that ended a command, to be shown.</summary>
    public ErrorRecord? Error { get; set; }
}
