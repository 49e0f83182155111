namespace XenMigrate.Ssh;

/// <summary>ssh configuration files, read in order, and what they say of a host.</summary>
/// <param name="files">The files to begin with.</param>
/// <param name="include">The files that the words of an Include name, in order, looked for in a folder.</param>
internal sealed class SshConfiguration(
    IReadOnlyList<SshConfigurationFile> files,
    Func<string, IReadOnlyList<string>, IEnumerable<SshConfigurationFile>> include)
{
    // As deep as OpenSSH goes; so many files has nobody, and without a limit, some that include each other take for ever.
    private const int DeepestInclude = 16;
    private const int MostFiles = 1000;

    /// <summary>The options for a host under the name that the user gave it.</summary>
    /// <exception cref="ConfigurationInvalidException">Files include each other without an end.</exception>
    public SshHostOptions For(string host)
    {
        SshHostOptions options = new();
        int read = 0;
        foreach (SshConfigurationFile file in files)
        {
            Read(file, host, options, depth: 0, ref read);
        }

        return options;
    }

    private void Read(SshConfigurationFile file, string host, SshHostOptions options, int depth, ref int read)
    {
        if (depth > DeepestInclude || ++read > MostFiles)
        {
            throw new ConfigurationInvalidException(
                file.Path, $"it is included over {DeepestInclude} deep, or as one of over {MostFiles} files");
        }

        bool active = true;
        bool evaluated = true;
        foreach (SshDirective directive in file.Directives)
        {
            switch (directive.Keyword)
            {
                case "host":
                    active = HostPatterns.Match(directive.Arguments, host);
                    evaluated = true;
                    break;
                case "match":
                    // Other criteria would need to run programs or to know more than we do: such a block is left out.
                    active = directive.Arguments.Count == 1
                        && string.Equals(directive.Arguments[0], "all", StringComparison.OrdinalIgnoreCase);
                    evaluated = active;
                    break;
                case "include" when active:
                    foreach (SshConfigurationFile included in include(file.Folder, directive.Arguments))
                    {
                        Read(included, host, options, depth + 1, ref read);
                    }

                    break;
                default:
                    if (active)
                    {
                        options.Add(directive);
                    }
                    else if (!evaluated && SecurityKeywords.Has(directive.Keyword))
                    {
                        options.Unevaluated ??= directive;
                    }

                    break;
            }
        }
    }
}
