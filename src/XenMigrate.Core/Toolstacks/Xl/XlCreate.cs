namespace XenMigrate.Toolstacks.Xl;

/// <summary><c>xl create</c> from a configuration file that lies on the host.</summary>
internal static class XlCreate
{
    public static RemoteCommand Command(string configurationPath, bool paused) => paused
        ? new RemoteCommand("xl", "create", "-q", "-p", configurationPath)
        : new RemoteCommand("xl", "create", "-q", configurationPath);
}
