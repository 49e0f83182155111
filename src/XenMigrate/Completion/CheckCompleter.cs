namespace XenMigrate;

/// <summary>Completes ids and categories of checks.</summary>
public sealed class CheckCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.Of(
            AllChecks.InOrder.Select(check => check.Id)
                .Concat(AllChecks.InOrder.Select(check => check.Category.ToString()).Distinct()),
            wordToComplete);
}
