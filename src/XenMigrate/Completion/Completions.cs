namespace XenMigrate.Completion;

/// <summary>Turns names into what tab completion shows and inserts.</summary>
internal static class Completions
{
    /// <summary>Those names that begin with what was typed, quoted where PowerShell needs it.</summary>
    /// <param name="names">What there is.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="isPattern">Whether the parameter takes wildcards, so that a name that has some means itself only escaped.</param>
    public static IEnumerable<CompletionResult> Of(IEnumerable<string> names, string? typed, bool isPattern = true)
    {
        string start = (typed ?? "").Trim('\'', '"');
        return names
            .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(Quote(isPattern ? WildcardPattern.Escape(name) : name), name, CompletionResultType.ParameterValue, name));
    }

    /// <summary>Whether a parameter is named on the line, in full or by its beginning.</summary>
    public static bool IsNamed(CommandAst command, string parameter) => command.CommandElements.OfType<CommandParameterAst>()
        .Any(given => parameter.StartsWith(given.ParameterName, StringComparison.OrdinalIgnoreCase));

    private static string Quote(string literal) =>
        (char.IsLetterOrDigit(literal[0]) || literal[0] == '/')
            && literal.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            ? literal
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(literal)}'";
}
