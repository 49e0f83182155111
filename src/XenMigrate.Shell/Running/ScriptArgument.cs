using System;
using System.Management.Automation.Runspaces;

namespace XenMigrate.Shell.Running;

/// <summary>One word for a script: a value, "-Name", "-Name:value", or "-Switch:$false".</summary>
internal static class ScriptArgument
{
    public static CommandParameter Of(string word)
    {
        if (word.Length < 2 || word[0] != '-' || !(char.IsLetter(word[1]) || word[1] == '_'))
        {
            return new CommandParameter(null, word);
        }

        int colon = word.IndexOf(':', StringComparison.Ordinal);
        // With its dash, the engine binds the name as if it were typed: the value may be the next word.
        return colon < 0
            ? new CommandParameter(word)
            : new CommandParameter(word[1..colon], Value(word[(colon + 1)..]));
    }

    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
