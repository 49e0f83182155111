using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace XenMigrate.Completion;

/// <summary>Completes guests: their names in first position, and after -Guest the variables that hold some.</summary>
/// <remarks>For a cmdlet that takes names in the same position, and whose default parameter set can't be the one with names.</remarks>
public sealed class GuestCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        bool isNamed = commandAst.CommandElements.OfType<CommandParameterAst>()
            .Any(parameter => parameterName.StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase));
        IArgumentCompleter completer = isNamed ? new VariableCompleter() : new GuestNameCompleter();
        return completer.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);
    }
}
