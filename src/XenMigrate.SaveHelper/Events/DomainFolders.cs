namespace XenMigrate.SaveHelper.Events;

/// <summary>A folder for each domain that is saved, for root's eyes only.</summary>
internal static class DomainFolders
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static bool Prepare(uint domain) => Try(() =>
    {
        _ = Directory.CreateDirectory(Surroundings.RunFolder, OnlyOwner);
        _ = Directory.CreateDirectory(Surroundings.DomainFolder(domain), OnlyOwner);
    });

    public static bool Remove(string path) => Try(() => File.Delete(path));

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
