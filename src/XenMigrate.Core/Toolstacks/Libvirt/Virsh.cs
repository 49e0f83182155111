namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>
/// The virsh commands that act on one guest and print nothing worth reading. Guests go by domain id, as xl's do: a name
/// of digits would be taken for an id.
/// </summary>
internal static class Virsh
{
    public const string Connection = "xen:///system";

    public static RemoteCommand Version { get; } = Command("version");

    public static RemoteCommand Command(params string[] words) => new(["virsh", "-q", "-c", Connection, .. words]);

    public static RemoteCommand Create(string configurationPath, bool paused) => paused
        ? Command("create", "--paused", "--file", configurationPath)
        : Command("create", "--file", configurationPath);

    public static RemoteCommand Pause(int id) => Command("suspend", Text(id));

    public static RemoteCommand Unpause(int id) => Command("resume", Text(id));

    public static RemoteCommand ShutDown(int id) => Command("shutdown", Text(id));

    public static RemoteCommand Destroy(int id) => Command("destroy", Text(id));

    public static RemoteCommand Save(int id, string path) => Command("save", Text(id), "--file", path);

    public static RemoteCommand Restore(string path, bool paused) => paused
        ? Command("restore", "--paused", "--file", path)
        : Command("restore", "--file", path);

    public static RemoteCommand JobInformation(int id) => Command("domjobinfo", Text(id));

    public static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
