namespace XenMigrate.Embedded.Storage;

internal enum FileKind
{
    File,
    Folder,
}

/// <summary>A file or folder of a <see cref="FileTree"/>; its tree's lock guards it.</summary>
internal sealed class FileNode(long inode, FileKind kind, int mode, DateTimeOffset modified)
{
    public long Inode { get; } = inode;

    public FileKind Kind { get; } = kind;

    /// <summary>The permission bits.</summary>
    public int Mode { get; set; } = mode;

    public DateTimeOffset Modified { get; set; } = modified;

    public FileContent Content { get; set; } = FileContent.Empty;

    /// <summary>Of a folder, by name.</summary>
    public SortedDictionary<string, FileNode> Children { get; } = new(StringComparer.Ordinal);

    public bool IsFolder => Kind == FileKind.Folder;

    public long Size => IsFolder ? 4096 : Content.Length;

    /// <summary>As find and stat see a whole tree.</summary>
    public IEnumerable<FileNode> AndAllBelow()
    {
        yield return this;
        foreach (FileNode child in Children.Values)
        {
            foreach (FileNode node in child.AndAllBelow())
            {
                yield return node;
            }
        }
    }
}
