using System.Runtime.InteropServices;
// The engine has a namespace of that name.
using Process = System.Environment;

namespace XenMigrate.Ssh;

/// <summary>Whose machine this is: where a user's ssh files lie, and what the user is called.</summary>
internal sealed record SshEnvironment(string HomeFolder, string UserName, string SystemFolder)
{
    /// <summary>The user that runs this process.</summary>
    public static SshEnvironment Current() => new(
        Process.GetFolderPath(Process.SpecialFolder.UserProfile),
        Process.UserName,
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? Path.Combine(Process.GetFolderPath(Process.SpecialFolder.CommonApplicationData), "ssh")
            : "/etc/ssh");

    public string UserFolder => Path.Combine(HomeFolder, ".ssh");

    public string UserConfiguration => Path.Combine(UserFolder, "config");

    public string SystemConfiguration => Path.Combine(SystemFolder, "ssh_config");

    /// <summary>Puts the home folder in the place of a leading ~.</summary>
    public string ExpandHome(string path) =>
        path == "~" ? HomeFolder
        : path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith(@"~\", StringComparison.Ordinal)
            ? Path.Combine(HomeFolder, path.Substring(2))
        : path;
}
