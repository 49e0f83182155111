namespace XenMigrate.SaveHelper.Events;

/// <summary>
/// Tells of a save, a line each: on standard error, which is that of xl, and in a file for those who come later. Neither is
/// worth failing a save for.
/// </summary>
internal sealed class EventLog
{
    private const int StandardError = 2;

    private readonly Lock _gate = new();
    private readonly int _file;

    public EventLog(uint domain)
    {
        // A new file: who still reads the last save's goes on doing so.
        string path = PathFor(domain);
        _file = DomainFolders.Prepare(domain) && DomainFolders.Remove(path) ? Create(path) : -1;
    }

    public static string PathFor(uint domain) => Path.Combine(Surroundings.DomainFolder(domain), "events");

    public void Report(PreCopyReport report)
    {
        byte[] line = Encoding.ASCII.GetBytes(report.ToLine() + "\n");
        lock (_gate)
        {
            _ = Descriptors.WriteAll(StandardError, line);
            _ = _file >= 0 && Descriptors.WriteAll(_file, line);
        }
    }

    private static unsafe int Create(string path)
    {
        const uint OnlyOwner = 0x180;
        return Libc.Open(
            NativeText.Of(path), OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.Append | OpenFlags.CloseOnExec, OnlyOwner);
    }
}
