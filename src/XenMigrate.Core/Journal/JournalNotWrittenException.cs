namespace XenMigrate;

/// <summary>An operation's journal could not be begun, so the operation was not either.</summary>
public sealed class JournalNotWrittenException(string path, string reason, Exception? inner = null) : XenMigrateException(
    $"No journal can be written to {path}: {reason}",
    "Give a folder that you may write to: -LogPath FOLDER.",
    inner)
{
    public string Path { get; } = path;
}
