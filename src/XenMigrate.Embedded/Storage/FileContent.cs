namespace XenMigrate.Embedded.Storage;

/// <summary>What a file holds.</summary>
internal abstract class FileContent : IDisposable
{
    public static FileContent Empty { get; } = new BytesContent([]);

    public abstract long Length { get; }

    /// <summary>The bytes that are really there, from the first; a sparse file's holes at its end are left out.</summary>
    public abstract Stream Open();

    public byte[] ReadBytes(long from, int count)
    {
        using Stream stream = Open();
        stream.Position = Math.Min(from, stream.Length);
        byte[] bytes = new byte[(int)Math.Min(count, stream.Length - stream.Position)];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    public static FileContent Of(string text) => new BytesContent(Encoding.UTF8.GetBytes(text));
}

/// <summary>Bytes in memory.</summary>
internal sealed class BytesContent(byte[] bytes) : FileContent
{
    public override long Length => bytes.Length;

    public override Stream Open() => new MemoryStream(bytes, writable: false);
}

/// <summary>A file that the kernel or a daemon makes up whenever somebody looks.</summary>
internal sealed class GeneratedContent(Func<string> text) : FileContent
{
    public override long Length => Encoding.UTF8.GetByteCount(text());

    public override Stream Open() => new MemoryStream(Encoding.UTF8.GetBytes(text()), writable: false);
}

/// <summary>A disk image: its first bytes, and holes up to its length.</summary>
internal sealed class SparseContent(byte[] head, long length) : FileContent
{
    public override long Length => length;

    public override Stream Open() => new MemoryStream(head, writable: false);
}

/// <summary>A file too large for memory: it lies in this machine's temporary folder as long as anybody holds it.</summary>
internal sealed class StoredContent(string path) : FileContent
{
    public override long Length => File.Exists(path) ? new FileInfo(path).Length : 0;

    public override Stream Open() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public Stream OpenToWrite() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1 << 20);

    public override void Dispose()
    {
        File.Delete(path);
        base.Dispose();
    }
}
