namespace XenMigrate;

/// <summary>
/// For a cmdlet that takes guests and names in the same position, and whose default parameter set can't be the one with
/// names: completes names there, and after -Guest the variables that hold some.
/// </summary>
/// <remarks>PSReadLine stumbles over what PowerShell makes of two answers for one position, so one of the two is silent.</remarks>
public sealed class GuestCompleter : IArgumentCompleter
{
    // These are of the parameter set with names.
    private static readonly string[] s_hostParameters = ["ComputerName", "MigrationHost", "Cn"];

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        bool isGuest = parameterName == "Guest";
        if (!Completions.IsNamed(commandAst, parameterName) && isGuest == s_hostParameters.Any(name => Completions.IsNamed(commandAst, name)))
        {
            // An empty list would be an answer.
            return null!;
        }

        IArgumentCompleter completer = isGuest && Completions.IsNamed(commandAst, parameterName) ? new VariableCompleter() : new GuestNameCompleter();
        return completer.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
    }
}
