using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading.Tasks;
using XenMigrate.Sessions;

namespace XenMigrate.Completion;

/// <summary>Completes names of guests on hosts that are connected already; it never connects.</summary>
public sealed class GuestNameCompleter : IArgumentCompleter
{
    private static readonly string[] s_hostParameters = ["ComputerName", "MigrationHost", "Cn"];

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        HostSessions sessions = HostSessions.Current;
        string? host = s_hostParameters
            .Select(name => fakeBoundParameters?[name]?.ToString())
            .FirstOrDefault(name => name is not null);
        return Completions.Of(Task.Run(() => sessions.Names.ReadAsync(host)).GetAwaiter().GetResult(), wordToComplete);
    }
}
