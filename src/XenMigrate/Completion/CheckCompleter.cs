using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using XenMigrate.Environment;

namespace XenMigrate.Completion;

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
