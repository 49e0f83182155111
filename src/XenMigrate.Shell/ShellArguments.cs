using System;
using System.Collections.Generic;

namespace XenMigrate.Shell;

/// <summary>What the shell is to do.</summary>
internal enum ShellTask
{
    Prompt,
    Text,
    Script,
    Help,
    Version,
}

/// <summary>The words of the command line, understood as pwsh understands its own.</summary>
/// <param name="Task">What to do.</param>
/// <param name="Target">The text to run, or the script's path.</param>
/// <param name="Rest">The script's arguments.</param>
/// <param name="HasLogo">Whether a prompt begins with a greeting.</param>
internal sealed record ShellArguments(ShellTask Task, string Target, IReadOnlyList<string> Rest, bool HasLogo)
{
    /// <exception cref="ArgumentException">A word that means nothing, or one that is missing.</exception>
    public static ShellArguments Parse(string[] words)
    {
        bool hasLogo = true;
        for (int index = 0; index < words.Length; index++)
        {
            string word = words[index];
            string[] rest = words[(index + 1)..];
            switch (Option(word))
            {
                case "nologo":
                    hasLogo = false;
                    break;
                // These are how this shell is anyway, and scripts that start a PowerShell name them.
                case "noprofile" or "noninteractive":
                    break;
                case "help" or "h" or "?":
                    return new(ShellTask.Help, "", [], hasLogo);
                case "version" or "v":
                    return new(ShellTask.Version, "", [], hasLogo);
                case "command" or "c" when rest is ["-"]:
                    return new(ShellTask.Prompt, "", [], hasLogo);
                case "command" or "c" when rest.Length > 0:
                    return new(ShellTask.Text, string.Join(' ', rest), [], hasLogo);
                case "file" or "f" when rest.Length > 0:
                    return new(ShellTask.Script, rest[0], rest[1..], hasLogo);
                case "command" or "c" or "file" or "f":
                    throw new ArgumentException($"{word} needs an argument.");
                case null:
                    return new(ShellTask.Script, word, rest, hasLogo);
                default:
                    throw new ArgumentException($"{word} means nothing here. -Help lists what does.");
            }
        }

        return new(ShellTask.Prompt, "", [], hasLogo);
    }

    /// <summary>An option's name without dashes; null for a word that is none.</summary>
    private static string? Option(string word) =>
        word.StartsWith('-') && word.Length > 1 ? word.TrimStart('-').ToLowerInvariant() : null;
}
