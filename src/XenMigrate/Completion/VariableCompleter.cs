namespace XenMigrate;

/// <summary>Completes the variables that hold what a parameter takes: a plan, a report, guests.</summary>
public sealed class VariableCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        return Variables(wordToComplete, TypeOf(parameterName));
    }

    /// <summary>Variables that hold an object of one of these types of ours, or a list that begins with one.</summary>
    public static IReadOnlyList<CompletionResult> Variables(string? wordToComplete, params string[] types)
    {
        string start = (wordToComplete ?? "").TrimStart('$');
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return
        [
            .. shell.AddCommand("Get-Variable").AddArgument(WildcardPattern.Escape(start) + "*").Invoke<PSVariable>()
                .Where(variable => Holds(variable.Value, types))
                .Select(variable => "$" + variable.Name)
                .Select(text => new CompletionResult(text, text, CompletionResultType.Variable, text)),
        ];
    }

    private static string TypeOf(string parameterName) => parameterName switch
    {
        "Plan" => "FleetPlan",
        "Report" => "MigrationReport",
        "Result" => "MigrationResult",
        "Migration" => "GuestMigration",
        _ => parameterName,
    };

    private static bool Holds(object? value, string[] types)
    {
        object? first = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (first is IList list)
        {
            first = list.Count > 0 ? list[0] is PSObject item ? item.BaseObject : list[0] : null;
        }

        return first?.GetType() is { } found && types.Contains(found.Name) && found.Namespace == "XenMigrate";
    }
}
