namespace XenMigrate.Ssh;

/// <summary>What the two frameworks do in different ways.</summary>
internal static class Platform
{
#if NET
    public static bool BeginsWith(this string text, char c) => text.StartsWith(c);

    public static byte[] Sha256(byte[] data) => SHA256.HashData(data);

    /// <summary>Makes a folder that is for its owner alone.</summary>
    public static void CreatePrivateFolder(string path)
    {
        if (System.OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file; one that is made is for its owner alone.</summary>
    public static FileStream OpenPrivateFile(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!System.OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
#else
    public static bool BeginsWith(this string text, char c) => text.Length > 0 && text[0] == c;

    public static byte[] Sha256(byte[] data)
    {
        using SHA256 sha256 = SHA256.Create();
        return sha256.ComputeHash(data);
    }

    // Windows PowerShell: the access list of the profile's folder lets in its owner alone.
    public static void CreatePrivateFolder(string path) => Directory.CreateDirectory(path);

    public static FileStream OpenPrivateFile(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
#endif
}
