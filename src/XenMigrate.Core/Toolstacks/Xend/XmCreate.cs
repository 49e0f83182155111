namespace XenMigrate.Toolstacks.Xend;

/// <summary><c>xm create</c> from a configuration file that lies on the host.</summary>
internal static class XmCreate
{
    public static RemoteCommand Command(string configurationPath, bool paused) => paused
        ? new RemoteCommand("xm", "create", "-p", configurationPath)
        : new RemoteCommand("xm", "create", configurationPath);
}
