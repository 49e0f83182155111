using System;
using System.Collections.Generic;

namespace XenMigrate.Ssh;

/// <summary>ssh configuration files, read in order, and what they say of a host.</summary>
/// <param name="include">The texts of the files that the words of an Include name, in order.</param>
internal sealed class SshConfiguration(
    IReadOnlyList<string> texts, Func<int, IReadOnlyList<string>, IEnumerable<string>> include)
{
    // As deep as OpenSSH goes.
    private const int DeepestInclude = 16;

    /// <summary>The options for a host under the name that the user gave it.</summary>
    public SshHostOptions For(string host)
    {
        SshHostOptions options = new();
        for (int file = 0; file < texts.Count; file++)
        {
            Read(texts[file], file, host, options, depth: 0);
        }

        return options;
    }

    private void Read(string text, int file, string host, SshHostOptions options, int depth)
    {
        bool active = true;
        foreach (SshDirective directive in SshDirective.ParseAll(text))
        {
            switch (directive.Keyword)
            {
                case "host":
                    active = HostPatterns.Match(directive.Arguments, host);
                    break;
                case "match":
                    // Other criteria would need to run programs or to know more than we do: such a block is left out.
                    active = directive.Arguments.Count == 1
                        && string.Equals(directive.Arguments[0], "all", StringComparison.OrdinalIgnoreCase);
                    break;
                case "include" when active && depth < DeepestInclude:
                    foreach (string included in include(file, directive.Arguments))
                    {
                        Read(included, file, host, options, depth + 1);
                    }

                    break;
                default:
                    if (active)
                    {
                        options.Add(directive);
                    }

                    break;
            }
        }
    }
}
