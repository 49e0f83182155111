#if NET
#endif

namespace XenMigrate.Journal;

/// <summary>Files that are for their owner alone, in a folder that is.</summary>
internal static class PrivateFiles
{
#if NET
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, if it is not there.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = Directory.CreateDirectory(path);
            return;
        }

        _ = Directory.CreateDirectory(path, OwnersFolder);
    }

    /// <summary>Takes from everybody else what an earlier version let them have: the folder, and the files in it.</summary>
    public static void Tighten(string folder, string files)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
        {
            return;
        }

        try
        {
            Tighten(folder, OwnersFolder);
            foreach (string file in Directory.EnumerateFiles(folder, files))
            {
                Tighten(file, OwnersFile);
            }
        }
        catch (UnauthorizedAccessException)
        {
            // It is somebody else's, who decides.
        }
    }

    public static FileStream New(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new FileStream(path, options);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Tighten(string path, UnixFileMode most)
    {
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & ~most) != 0)
        {
            File.SetUnixFileMode(path, mode & most);
        }
    }
#else
    // Windows PowerShell: the access list of the profile's folder lets in its owner alone.
    public static void MakeFolder(string path) => Directory.CreateDirectory(path);

    public static void Tighten(string folder, string files)
    {
    }

    public static FileStream New(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
#endif
}
