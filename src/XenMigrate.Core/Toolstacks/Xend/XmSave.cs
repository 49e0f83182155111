using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Xend;

/// <summary><c>xm save</c>. xend itself writes the image, by its own umask: only afterwards can it be made private.</summary>
internal static class XmSave
{
    public static RemoteCommand Command(int id, string path, bool keepRunning) => keepRunning
        ? new RemoteCommand("xm", "save", "-c", XmDomain.Text(id), path)
        : new RemoteCommand("xm", "save", XmDomain.Text(id), path);

    public static RemoteCommand MakePrivate(string path) => new("chmod", "600", "--", path);
}
