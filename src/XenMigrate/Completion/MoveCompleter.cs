namespace XenMigrate;

/// <summary>Completes the variables that hold moves: their results, what journals tell of them, or guests that were moved.</summary>
public sealed class MoveCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        commandAst.CommandElements.OfType<CommandParameterAst>()
            .Any(parameter => parameterName.StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase))
            ? VariableCompleter.Variables(wordToComplete, "MigrationResult")
            : VariableCompleter.Variables(wordToComplete, "MigrationResult", "GuestMigration", "Guest");
}
