namespace XenMigrate;

/// <summary>Completes variables after the parameter's name only, where its position is another's too.</summary>
/// <remarks>
/// PowerShell puts an entry without text between what two completers of one position yield, and PSReadLine stumbles over
/// it. So one alone may speak there.
/// </remarks>
public sealed class NamedVariableCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        // An empty list would be an answer.
        return Completions.IsNamed(commandAst, parameterName)
            ? new VariableCompleter().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            : null!;
    }
}
