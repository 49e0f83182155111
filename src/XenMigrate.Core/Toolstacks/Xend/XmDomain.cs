namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// The xm commands that act on one guest and print nothing worth reading. Guests go by domain id, which no name can be
/// taken for.
/// </summary>
internal static class XmDomain
{
    public static RemoteCommand Pause(int id) => new("xm", "pause", Text(id));

    public static RemoteCommand Unpause(int id) => new("xm", "unpause", Text(id));

    public static RemoteCommand ShutDown(int id) => new("xm", "shutdown", Text(id));

    public static RemoteCommand Destroy(int id) => new("xm", "destroy", Text(id));

    public static RemoteCommand Rename(int id, string newName) => new("xm", "rename", Text(id), newName);

    public static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
