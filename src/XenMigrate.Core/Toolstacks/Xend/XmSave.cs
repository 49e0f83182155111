using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// <c>xm save</c>. xend itself writes the image: a new file by its own umask, readable by all, a file that is there with
/// the mode it has. So a private one is made first.
/// </summary>
internal static class XmSave
{
    public static RemoteCommand Command(int id, string path, bool keepRunning) => keepRunning
        ? new RemoteCommand("xm", "save", "-c", XmDomain.Text(id), path)
        : new RemoteCommand("xm", "save", XmDomain.Text(id), path);

    public static RemoteCommand Make(string path) => new("touch", "--", path);

    public static RemoteCommand MakePrivate(string path) => new("chmod", "600", "--", path);
}
