namespace XenMigrate;

/// <summary>A journal can't be read.</summary>
public sealed class JournalNotReadException(string path, string reason, Exception? inner = null) : XenMigrateException(
    $"The journal {path} can't be read: {reason}",
    "If the journals lie elsewhere, give their folder: -LogPath FOLDER.",
    inner)
{
    public string Path { get; } = path;
}
