using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace XenMigrate.Shell.Essentials;

/// <summary>Format-List, as in the Utility module.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => EngineFormatting.Attach(this, "List");
}
