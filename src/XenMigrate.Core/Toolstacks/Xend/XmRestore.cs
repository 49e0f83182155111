namespace XenMigrate.Toolstacks.Xend;

/// <summary><c>xm restore</c> from an image that lies on the host.</summary>
internal static class XmRestore
{
    public static RemoteCommand Command(string path, bool paused) => paused
        ? new RemoteCommand("xm", "restore", "-p", path)
        : new RemoteCommand("xm", "restore", path);
}
