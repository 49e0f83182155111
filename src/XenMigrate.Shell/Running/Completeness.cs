using System.Linq;
using System.Management.Automation.Language;

namespace XenMigrate.Shell.Running;

/// <summary>Whether text is a command, or the beginning of one that goes on in the next line.</summary>
internal static class Completeness
{
    public static bool IsComplete(string text)
    {
        _ = Parser.ParseInput(text, out _, out ParseError[] errors);
        return !errors.Any(error => error.IncompleteInput) && !text.EndsWith('`');
    }
}
