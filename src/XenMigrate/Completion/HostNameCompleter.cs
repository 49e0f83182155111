namespace XenMigrate;

/// <summary>Completes host names: those connected first, then those that the user's ssh knows.</summary>
public sealed class HostNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        IEnumerable<string> names = HostSessions.Current.All
            .Select(host => host.ComputerName)
            .Concat(KnownHostNames.Read())
            .Distinct(StringComparer.OrdinalIgnoreCase);

        return Completions.Of(names, wordToComplete);
    }
}
