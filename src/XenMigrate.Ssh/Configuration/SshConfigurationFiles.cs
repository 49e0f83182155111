namespace XenMigrate.Ssh;

/// <summary>Finds and reads the ssh configuration files of a user, with the files that they include; each once.</summary>
internal sealed class SshConfigurationFiles(SshEnvironment environment)
{
    private readonly Dictionary<string, IReadOnlyList<SshDirective>> _read = new(StringComparer.Ordinal);

    /// <summary>The file that the user named; else ~/.ssh/config and the system's, as ssh does.</summary>
    /// <exception cref="ConfigurationInvalidException">The named file is not there, or a file can't be read.</exception>
    public SshConfiguration Read(string? path)
    {
        if (path is not null)
        {
            string named = environment.ExpandHome(path);
            return File.Exists(named)
                ? new SshConfiguration([FileAt(named, environment.UserFolder)], Include)
                : throw new ConfigurationInvalidException(named, "there is no such file");
        }

        return new SshConfiguration(
            [
                FileAt(environment.UserConfiguration, environment.UserFolder),
                FileAt(environment.SystemConfiguration, environment.SystemFolder),
            ],
            Include);
    }

    private IEnumerable<SshConfigurationFile> Include(string folder, IReadOnlyList<string> words) =>
        words.SelectMany(word => Paths(folder, environment.ExpandHome(word))).Select(path => FileAt(path, folder));

    // Wildcards in the last part of a path only: that is where people put them (config.d/*.conf).
    private static IEnumerable<string> Paths(string folder, string pattern)
    {
        string path = Path.Combine(folder, pattern);
        string name = Path.GetFileName(path);
        if (name.IndexOfAny(['*', '?']) < 0)
        {
            return [path];
        }

        string parent = Path.GetDirectoryName(path) ?? folder;
        return Directory.Exists(parent)
            ? Directory.GetFiles(parent)
                .Where(file => HostPatterns.MatchOne(name, Path.GetFileName(file)))
                .Where(file => name[0] == '.' || Path.GetFileName(file)[0] != '.')
                .OrderBy(file => file, StringComparer.Ordinal)
            : [];
    }

    private SshConfigurationFile FileAt(string path, string folder)
    {
        if (!_read.TryGetValue(path, out IReadOnlyList<SshDirective>? directives))
        {
            directives = File.Exists(path) ? SshDirective.ParseAll(Text(path)) : [];
            _read.Add(path, directives);
        }

        return new SshConfigurationFile(path, folder, directives);
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException e)
        {
            throw new ConfigurationInvalidException(path, "it can't be read", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ConfigurationInvalidException(path, "it may not be read", e);
        }
    }
}
