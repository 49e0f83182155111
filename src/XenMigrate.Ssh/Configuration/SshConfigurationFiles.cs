using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace XenMigrate.Ssh;

/// <summary>Finds and reads the ssh configuration files of a user, with the files that they include.</summary>
internal sealed class SshConfigurationFiles(SshEnvironment environment)
{
    /// <summary>The file that the user named; else ~/.ssh/config and the system's, as ssh does.</summary>
    /// <exception cref="ConfigurationInvalidException">The named file is not there, or a file can't be read.</exception>
    public SshConfiguration Read(string? path)
    {
        if (path is not null)
        {
            string named = environment.ExpandHome(path);
            return File.Exists(named)
                ? new SshConfiguration([Text(named)], (_, words) => Include(environment.UserFolder, words))
                : throw new ConfigurationInvalidException(named, "there is no such file");
        }

        return new SshConfiguration(
            [TextOrNothing(environment.UserConfiguration), TextOrNothing(environment.SystemConfiguration)],
            (file, words) => Include(file == 0 ? environment.UserFolder : environment.SystemFolder, words));
    }

    private IEnumerable<string> Include(string folder, IReadOnlyList<string> words) =>
        words.SelectMany(word => Files(folder, environment.ExpandHome(word))).Select(TextOrNothing);

    // Wildcards in the last part of a path only: that is where people put them (config.d/*.conf).
    private static IEnumerable<string> Files(string folder, string pattern)
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

    private static string TextOrNothing(string path) => File.Exists(path) ? Text(path) : "";

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
