using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace XenMigrate.Shell.Essentials;

/// <summary>Format-Table, as in the Utility module.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => EngineFormatting.Attach(this, "Table");
}
