using System.Management.Automation;
using XenMigrate.Journal;

namespace XenMigrate;

/// <summary>Where the journals of moves lie.</summary>
internal static class LogFolder
{
    /// <summary>The folder, or a file, that the user named; else the user's own folder, and null for a user without a home.</summary>
    /// <remarks>Only on the pipeline thread, as all that asks PowerShell.</remarks>
    /// <exception cref="PSArgumentException">What the user named is no place for files.</exception>
    public static string? Resolve(SessionState state, string? path)
    {
        if (path is null)
        {
            return JournalFolder.Default;
        }

        string resolved = state.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new PSArgumentException($"'{path}' is a path of the {provider.Name} provider. -LogPath has to be a folder or file on disk.");
    }
}
