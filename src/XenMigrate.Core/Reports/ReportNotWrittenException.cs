namespace XenMigrate;

/// <summary>A report's file could not be written, or is there already.</summary>
public sealed class ReportNotWrittenException(string path, string reason, string advice, Exception? inner = null)
    : XenMigrateException($"The report was not written to {path}: {reason}", advice, inner)
{
    public string Path { get; } = path;
}
