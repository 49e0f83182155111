namespace XenMigrate.Embedded.Storage;

/// <summary>One file system. Hosts that mount the same one share it, inodes and all.</summary>
internal sealed class FileTree : IDisposable
{
    private long _lastInode;

    /// <param name="kilobytes">How much it can hold, in blocks of 1 KiB.</param>
    /// <param name="now">The time that its first folder is from.</param>
    public FileTree(long kilobytes, DateTimeOffset now)
    {
        Kilobytes = kilobytes;
        Root = New(FileKind.Folder, 0x1ed, now);
    }

    /// <summary>Guards every node of this tree.</summary>
    public object Lock { get; } = new();

    public FileNode Root { get; }

    public long Kilobytes { get; }

    /// <summary>What is in use: a sparse file's holes are not, in the way of the chapter's df.</summary>
    public long UsedKilobytes
    {
        get
        {
            lock (Lock)
            {
                return 2_379_712 + Root.AndAllBelow().Where(node => node.Content is StoredContent).Sum(node => node.Size / 1024);
            }
        }
    }

    public FileNode New(FileKind kind, int mode, DateTimeOffset now)
    {
        lock (Lock)
        {
            // The first inodes belong to the file system itself; 2 is its root in ext3.
            _lastInode = _lastInode == 0 ? 2 : Math.Max(_lastInode + 1, 49_153);
            return new FileNode(_lastInode, kind, mode, now);
        }
    }

    public void Dispose()
    {
        lock (Lock)
        {
            foreach (FileNode node in Root.AndAllBelow())
            {
                node.Content.Dispose();
            }
        }
    }
}
