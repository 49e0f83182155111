namespace XenMigrate.Embedded.Storage;

/// <summary>A file system at a place of one host.</summary>
/// <param name="Tree">The file system.</param>
/// <param name="Path">Where.</param>
/// <param name="FileSystem">ext3 or nfs.</param>
/// <param name="Source">The device, or server:/path.</param>
/// <param name="Major">Major number of the device, 0 for a network file system.</param>
/// <param name="Minor">Minor number of the device.</param>
/// <param name="Options">The file system's own options, but for rw and ro.</param>
internal sealed record MountPoint(
    FileTree Tree, string Path, string FileSystem, string Source, int Major, int Minor, string Options)
{
    public bool IsReadOnly { get; init; }

    /// <summary>Whether root is nobody there, as an NFS server may have it.</summary>
    public bool RefusesRoot { get; init; }

    /// <summary>The number that stat prints.</summary>
    public long Device => ((long)Major << 8) | (long)Minor;

    public bool Holds(string path) =>
        path == Path || path.StartsWith(Path == "/" ? "/" : Path + "/", StringComparison.Ordinal);

    /// <summary>A line of /proc/mounts.</summary>
    public string ToLine() => $"{Source} {Path} {FileSystem} {(IsReadOnly ? "ro" : "rw")},{Options} 0 0";

    /// <exception cref="FileFailure">Nobody may change it, or not this host's root.</exception>
    public void RequireWritable()
    {
        if (IsReadOnly || RefusesRoot)
        {
            throw IsReadOnly ? FileFailure.ReadOnly : FileFailure.Denied;
        }
    }
}
