namespace XenMigrate;

/// <summary>A move that brought no guest anywhere can't be undone.</summary>
public sealed class NothingToUndoException(string guest, string reason) : XenMigrateException(
    $"There is nothing to undo for {guest}: {reason}",
    "Get-Guest tells where it is.")
{
    public string Guest { get; } = guest;
}
