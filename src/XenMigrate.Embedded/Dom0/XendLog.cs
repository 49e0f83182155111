namespace XenMigrate.Embedded.Dom0;

/// <summary>/var/log/xen/xend.log.</summary>
internal sealed class XendLog(HostFiles files, Func<DateTimeOffset> now, int process)
{
    public const string Path = "/var/log/xen/xend.log";

    private readonly object _lock = new();

    public void Debug(string module, string text) => Write("DEBUG", module, text);

    public void Info(string module, string text) => Write("INFO", module, text);

    public void Warning(string module, string text) => Write("WARNING", module, text);

    public void Error(string module, string text) => Write("ERROR", module, text);

    /// <summary>"[2026-11-23 04:10:01 3252] INFO (XendCheckpoint:351) …", in the host's own time.</summary>
    private void Write(string level, string module, string text)
    {
        string line = string.Format(
            CultureInfo.InvariantCulture, "[{0:yyyy-MM-dd HH:mm:ss} {1}] {2} ({3}) {4}\n", now().UtcDateTime, process, level, module, text);
        lock (_lock)
        {
            files.Append(Path, line);
        }
    }
}
