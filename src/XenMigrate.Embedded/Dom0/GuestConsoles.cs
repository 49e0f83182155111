namespace XenMigrate.Embedded.Dom0;

/// <summary>xenconsoled's logs: what a guest shows while it is here, and what it had shown when it left.</summary>
internal sealed class GuestConsoles(HostFiles files)
{
    public static string Path(string name) => $"/var/log/xen/console/guest-{name}.log";

    public void Attach(EmbeddedGuest guest) => Write(guest.Name, new GeneratedContent(() => Text(guest)));

    /// <summary>To be called while the guest's memory is still there.</summary>
    public void Detach(EmbeddedGuest guest, string name) => Write(name, FileContent.Of(Text(guest)));

    private void Write(string name, FileContent content)
    {
        try
        {
            _ = files.Write(Path(name), content);
        }
        catch (FileFailure)
        {
            // A guest needs no log: xend allows a slash in its name, and no file can be called so.
        }
    }

    private static string Text(EmbeddedGuest guest)
    {
        try
        {
            return guest.ConsoleText;
        }
        catch (ObjectDisposedException)
        {
            // It left between the look into the folder and the look into the file.
            return "";
        }
    }
}
