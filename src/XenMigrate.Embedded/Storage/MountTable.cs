namespace XenMigrate.Embedded.Storage;

/// <summary>What a host has mounted where.</summary>
internal abstract class MountTable : IDisposable
{
    private readonly object _lock = new();
    private readonly List<MountPoint> _mounts = [];

    public IReadOnlyList<MountPoint> Mounts
    {
        get
        {
            lock (_lock)
            {
                return [.. _mounts];
            }
        }
    }

    public void Mount(MountPoint mount)
    {
        lock (_lock)
        {
            if (_mounts.Any(other => other.Path == mount.Path))
            {
                throw FileFailure.Busy;
            }

            _mounts.Add(mount);
        }
    }

    /// <summary>Whether something was mounted there.</summary>
    public bool Unmount(string path)
    {
        lock (_lock)
        {
            return _mounts.RemoveAll(mount => mount.Path == path) > 0;
        }
    }

    /// <summary>The mount that a path leads into.</summary>
    public MountPoint MountOf(string path) =>
        Mounts.Where(mount => mount.Holds(Full(path))).MaxBy(mount => mount.Path.Length)!;

    /// <summary>A path from the root: what is relative begins in root's home.</summary>
    public static string Full(string path)
    {
        List<string> names = [];
        foreach (string name in (path.StartsWith('/') ? path : "/root/" + path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == ".." && names.Count > 0)
            {
                names.RemoveAt(names.Count - 1);
            }
            else if (name is not ("." or ".."))
            {
                names.Add(name);
            }
        }

        return "/" + string.Join('/', names);
    }

    public void Dispose()
    {
        foreach (MountPoint mount in Mounts)
        {
            mount.Tree.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
