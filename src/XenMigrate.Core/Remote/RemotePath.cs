namespace XenMigrate.Remote;

/// <summary>Paths on a host, which are POSIX paths whatever this machine has.</summary>
internal static class RemotePath
{
    /// <exception cref="RemotePathInvalidException">It depends on where the host's shell happens to be.</exception>
    public static void RequireAbsolute(string path)
    {
        if (path.Length == 0 || path[0] != '/')
        {
            throw new RemotePathInvalidException(path, "it is no absolute path.", "Give the path on the host, from its root: /var/lib/xen/…");
        }
    }

    public static string Folder(string path) => path.Substring(0, Math.Max(1, path.LastIndexOf('/')));

    /// <summary>Puts a guest's name and the date into the tokens {Name} and {Date}.</summary>
    public static string Expand(string path, string guest, DateTimeOffset now) => path
        // A name may hold a slash, which must not lead anywhere.
        .Replace("{Name}", guest.Replace('/', '_'))
        .Replace("{Date}", now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
}
