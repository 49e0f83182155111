namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// The xl commands that act on one guest and print nothing worth reading. Guests go by domain id: xl takes a name of
/// digits for an id, and a name with a dash in front for an option.
/// </summary>
internal static class XlDomain
{
    public static RemoteCommand Pause(int id) => new("xl", "pause", Text(id));

    public static RemoteCommand Unpause(int id) => new("xl", "unpause", Text(id));

    public static RemoteCommand ShutDown(int id) => new("xl", "shutdown", Text(id));

    public static RemoteCommand Destroy(int id) => new("xl", "destroy", Text(id));

    public static RemoteCommand Rename(int id, string newName) => new("xl", "rename", Text(id), newName);

    public static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
