namespace XenMigrate;

/// <summary>A path on a host can't be used for what was asked.</summary>
public sealed class RemotePathInvalidException(string path, string reason, string advice)
    : XenMigrateException($"{path}: {reason}", advice)
{
    public string Path { get; } = path;
}
