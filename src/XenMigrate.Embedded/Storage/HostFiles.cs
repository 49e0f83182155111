namespace XenMigrate.Embedded.Storage;

/// <summary>The files of one host, over all that it has mounted. Errors are <see cref="FileFailure"/>s.</summary>
internal sealed class HostFiles(Func<DateTimeOffset> now, Func<string> newStoragePath) : MountTable
{
    /// <summary>What lies at a path, or null if nothing does.</summary>
    public FileNode? Find(string path)
    {
        try
        {
            return Get(path);
        }
        catch (FileFailure)
        {
            return null;
        }
    }

    /// <summary>What lies at a path.</summary>
    public FileNode Get(string path)
    {
        (FileTree tree, string[] names) = Locate(path);
        lock (tree.Lock)
        {
            return Walk(tree.Root, names);
        }
    }

    public byte[] ReadBytes(string path, long from = 0, int count = int.MaxValue) => Content(path).ReadBytes(from, count);

    public string ReadText(string path) => Encoding.UTF8.GetString(ReadBytes(path));

    /// <summary>What the file at a path holds.</summary>
    public FileContent Content(string path) => Get(path) is { IsFolder: false } file ? file.Content : throw FileFailure.IsFolder;

    public FileNode Write(string path, string text) => Write(path, FileContent.Of(text));

    /// <summary>Puts content into a file, which is made if it is not there; what it held is gone.</summary>
    public FileNode Write(string path, FileContent content) => Change(path, (tree, folder, name) =>
    {
        if (!folder.Children.TryGetValue(name, out FileNode? file))
        {
            file = tree.New(FileKind.File, 0x1a4, now());
            folder.Children.Add(name, file);
        }
        else if (file.IsFolder)
        {
            throw FileFailure.IsFolder;
        }

        FileContent old = file.Content;
        file.Content = content;
        file.Modified = now();
        if (!ReferenceEquals(old, content))
        {
            old.Dispose();
        }

        return file;
    });

    public void Append(string path, string text) => _ = Write(path, (Find(path) is null ? "" : ReadText(path)) + text);

    /// <summary>Makes an empty file that is kept outside of memory, and returns what to write it with.</summary>
    public StoredContent Store(string path)
    {
        StoredContent content = new(newStoragePath());
        _ = Write(path, content);
        return content;
    }

    public void Touch(string path)
    {
        if (Find(path) is { } node)
        {
            node.Modified = now();
            return;
        }

        _ = Write(path, FileContent.Empty);
    }

    /// <summary>Makes a folder and those above it.</summary>
    public void MakeFolders(string path)
    {
        (FileTree tree, string[] names) = Locate(path);
        lock (tree.Lock)
        {
            FileNode folder = tree.Root;
            foreach (string name in names)
            {
                if (!folder.Children.TryGetValue(name, out FileNode? child))
                {
                    child = tree.New(FileKind.Folder, 0x1ed, now());
                    folder.Children.Add(name, child);
                }

                folder = child.IsFolder ? child : throw FileFailure.NotAFolder;
            }
        }
    }

    public void Remove(string path) => Change(path, (tree, folder, name) =>
    {
        FileNode node = folder.Children.TryGetValue(name, out FileNode? found) ? found : throw FileFailure.Missing;
        if (node.IsFolder)
        {
            throw FileFailure.IsFolder;
        }

        _ = folder.Children.Remove(name);
        node.Content.Dispose();
        return node;
    });

    /// <summary>Renames a file over another one, as rename(2) does; between file systems as mv does.</summary>
    public void Move(string from, string to)
    {
        FileNode node = Get(from);
        if (node.IsFolder || Find(to) is { IsFolder: true })
        {
            throw FileFailure.IsFolder;
        }

        if (Find(to) == node)
        {
            return;
        }

        bool sameTree = MountOf(from).Tree == MountOf(to).Tree;
        _ = Change(to, (tree, folder, name) =>
        {
            if (folder.Children.TryGetValue(name, out FileNode? old))
            {
                old.Content.Dispose();
            }

            FileNode moved = sameTree ? node : tree.New(FileKind.File, node.Mode, node.Modified);
            moved.Content = node.Content;
            folder.Children[name] = moved;
            return moved;
        });
        // Not Remove: the content lives on.
        _ = Change(from, (_, folder, name) => folder.Children.Remove(name) ? node : throw FileFailure.Missing);
    }

    /// <summary>Copies a file; preserving keeps mode and time.</summary>
    public void Copy(string from, string to, bool preserve)
    {
        FileNode source = Get(from);
        FileContent content = Content(from) switch
        {
            StoredContent stored => CopyStored(stored),
            SparseContent or BytesContent => source.Content,
            FileContent other => new BytesContent(other.ReadBytes(0, int.MaxValue)),
        };

        FileNode copy = Write(to, content);
        if (preserve)
        {
            copy.Mode = source.Mode;
            copy.Modified = source.Modified;
        }
    }

    private StoredContent CopyStored(StoredContent source)
    {
        StoredContent copy = new(newStoragePath());
        using Stream from = source.Open();
        using Stream to = copy.OpenToWrite();
        from.CopyTo(to);
        return copy;
    }

    private FileNode Change(string path, Func<FileTree, FileNode, string, FileNode> change)
    {
        MountOf(path).RequireWritable();
        (FileTree tree, string[] names) = Locate(path);
        if (names.Length == 0)
        {
            throw FileFailure.IsFolder;
        }

        lock (tree.Lock)
        {
            FileNode folder = Walk(tree.Root, names[..^1]);
            return change(tree, folder.IsFolder ? folder : throw FileFailure.NotAFolder, names[^1]);
        }
    }

    private (FileTree Tree, string[] Names) Locate(string path)
    {
        if (path.Length == 0)
        {
            throw FileFailure.Missing;
        }

        MountPoint mount = MountOf(path);
        return (mount.Tree, Full(path)[mount.Path.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    private static FileNode Walk(FileNode node, string[] names)
    {
        foreach (string name in names)
        {
            node = !node.IsFolder ? throw FileFailure.NotAFolder
                : node.Children.TryGetValue(name, out FileNode? child) ? child
                : throw FileFailure.Missing;
        }

        return node;
    }
}
