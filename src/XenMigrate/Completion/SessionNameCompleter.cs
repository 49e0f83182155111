using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using XenMigrate.Sessions;

namespace XenMigrate.Completion;

/// <summary>Completes names of connected hosts.</summary>
public sealed class SessionNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.Of(HostSessions.Current.All.Select(host => host.ComputerName), wordToComplete);
}
