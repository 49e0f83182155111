namespace XenMigrate.Embedded.PreCopy;

/// <summary>
/// A connection, blocking, for one reader and one writer. It throws a <see cref="TransferException"/> whatever goes wrong.
/// </summary>
internal abstract class Wire : IDisposable
{
    // Shorter runs are copied together first: a call for each would cost more than the copy.
    private const int LongRun = 32;
    private const int StagedPages = 256;

    private byte[]? _stage;
    private long _bytesWritten;

    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Reads what there is; 0 at the end.</summary>
    public abstract int ReadSome(Span<byte> into);

    public abstract void Write(ReadOnlySpan<byte> bytes);

    /// <summary>How long one read or write may wait; zero for ever.</summary>
    public abstract void SetTimeout(TimeSpan timeout);

    /// <summary>Says that nothing more comes; reading goes on.</summary>
    public abstract void EndWriting();

    /// <summary>Breaks the connection, and makes who waits for it fail. From any thread.</summary>
    public abstract void Abort();

    public abstract void Dispose();

    public void Read(Span<byte> into)
    {
        while (into.Length > 0)
        {
            int count = ReadSome(into);
            into = count > 0 ? into[count..] : throw new TransferException("the connection ended in the middle of a transfer");
        }
    }

    /// <summary>Reads pages into their places.</summary>
    public virtual void ReadPages(GuestMemory memory, ReadOnlySpan<int> pages)
    {
        for (int i = 0; i < pages.Length;)
        {
            int run = Run(pages[i..]);
            Read(memory.PagesFrom(pages[i], run));
            i += run;
        }
    }

    /// <summary>Writes some bytes, then pages.</summary>
    public virtual void WritePages(ReadOnlySpan<byte> head, GuestMemory memory, ReadOnlySpan<int> pages)
    {
        Write(head);
        _stage ??= new byte[StagedPages * GuestMemory.PageSize];
        int staged = 0;
        for (int i = 0; i < pages.Length;)
        {
            int run = Run(pages[i..]);
            if (staged > 0 && (run >= LongRun || staged + run > StagedPages))
            {
                Write(_stage.AsSpan(0, staged * GuestMemory.PageSize));
                staged = 0;
            }

            Span<byte> bytes = memory.PagesFrom(pages[i], run);
            if (run >= LongRun)
            {
                Write(bytes);
            }
            else
            {
                bytes.CopyTo(_stage.AsSpan(staged * GuestMemory.PageSize));
                staged += run;
            }

            i += run;
        }

        Write(_stage.AsSpan(0, staged * GuestMemory.PageSize));
    }

    public void WriteLine(string line) => Write(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Reads a line; null at the end. No byte after it is taken from the connection.</summary>
    public string? ReadLine()
    {
        byte[] line = new byte[WireFormat.LongestLine];
        for (int i = 0; i < line.Length; i++)
        {
            if (ReadSome(line.AsSpan(i, 1)) == 0)
            {
                return i == 0 ? null : throw new TransferException("the connection ended in the middle of a line");
            }

            if (line[i] == '\n')
            {
                return Encoding.UTF8.GetString(line, 0, i).TrimEnd('\r');
            }
        }

        throw new TransferException("a line is too long");
    }

    protected void Wrote(long bytes) => Interlocked.Add(ref _bytesWritten, bytes);

    /// <summary>How many of the pages, from the first on, lie side by side.</summary>
    protected static int Run(ReadOnlySpan<int> pages)
    {
        int run = 1;
        while (run < pages.Length && pages[run] == pages[0] + run)
        {
            run++;
        }

        return run;
    }
}
