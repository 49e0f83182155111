using System;
using System.Linq;
using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Xl;

/// <summary><c>xl resume</c>, which lets a suspended guest go on; Xen 4.20 is the first that has it.</summary>
internal static class XlResume
{
    private static readonly RemoteCommand s_help = new("xl", "help");

    /// <summary>Whether this xl has the command: a word for yes, none for no.</summary>
    public static Question<string> Question { get; } = new(s_help, result => Parse(result.Output));

    public static RemoteCommand Command(int id) => new("xl", "resume", XlDomain.Text(id));

    private static string Parse(string output) => output.Split('\n')
        .Any(line => line.TrimStart().StartsWith("resume ", StringComparison.Ordinal)) ? "resume" : "";
}
