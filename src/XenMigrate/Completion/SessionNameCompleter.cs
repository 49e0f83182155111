namespace XenMigrate;

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
