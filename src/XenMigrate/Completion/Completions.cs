using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace XenMigrate.Completion;

/// <summary>Turns names into what tab completion shows and inserts.</summary>
internal static class Completions
{
    /// <summary>Those names that begin with what was typed, quoted where PowerShell needs it.</summary>
    public static IEnumerable<CompletionResult> Of(IEnumerable<string> names, string? typed)
    {
        string start = (typed ?? "").Trim('\'', '"');
        return names
            .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name));
    }

    private static string Quote(string name)
    {
        string literal = WildcardPattern.Escape(name);
        return char.IsLetterOrDigit(literal[0]) && literal.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            ? literal
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(literal)}'";
    }
}
