namespace XenMigrate.Journal;

/// <summary>
/// Writes an operation's journal: a file of its own, only ever added to, a line handed to the system before the
/// operation goes on. It may be used from several threads.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly object _lock = new();
    private readonly FileStream _file;
    private readonly Timing _timing;
    private long _lines;
    private bool _disposed;

    private JournalWriter(FileStream file, Timing timing)
    {
        _file = file;
        _timing = timing;
    }

    public string Path => _file.Name;

    /// <summary>
    /// Why the journal could not be written any more; null if it could. The operation goes on without it: half a move
    /// is worse than half a journal.
    /// </summary>
    public string? Problem { get; private set; }

    /// <exception cref="JournalNotWrittenException">The file is there already, or can't be made.</exception>
    public static JournalWriter Create(string path, Timing timing)
    {
        try
        {
            if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                PrivateFiles.MakeFolder(folder);
                JournalFolder.Tighten(folder);
            }

            return new JournalWriter(PrivateFiles.New(path), timing);
        }
        catch (Exception e) when (FileRefusal.Is(e))
        {
            throw new JournalNotWrittenException(path, e.Message, e);
        }
    }

    /// <summary>Goes on with a journal whose writer is gone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="last">The number of its last line.</param>
    /// <param name="isTorn">Whether that line has no end.</param>
    /// <param name="timing">The time it goes by.</param>
    /// <exception cref="JournalNotWrittenException">The file is gone, or may not be written.</exception>
    public static JournalWriter Continue(string path, long last, bool isTorn, Timing timing)
    {
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.Read);
            _ = file.Seek(0, SeekOrigin.End);
            if (isTorn)
            {
                // What was cut off stays as it is, and nothing is written into it.
                file.WriteByte((byte)'\n');
            }

            return new JournalWriter(file, timing) { _lines = last };
        }
        catch (Exception e) when (FileRefusal.Is(e))
        {
            throw new JournalNotWrittenException(path, e.Message, e);
        }
    }

    /// <summary>Adds a line. An entry without a time gets the present one.</summary>
    public void Write(JournalEntry entry)
    {
        lock (_lock)
        {
            // After a line that was torn nothing is added: it has to stay the last one.
            if (_disposed || Problem is not null)
            {
                return;
            }

            try
            {
                byte[] line = JournalLine.Write(
                    entry with { Number = _lines + 1, At = entry.At == default ? _timing.Now() : entry.At });
                _file.Write(line, 0, line.Length);
                _file.Flush(flushToDisk: entry.IsDurable);
                _lines++;
            }
            catch (Exception e) when (FileRefusal.Is(e))
            {
                Break(e.Message);
            }
        }
    }

    /// <summary>Writes nothing more, as after a write that failed.</summary>
    internal void Break(string problem)
    {
        lock (_lock)
        {
            Problem ??= problem;
        }
    }

    /// <summary>Takes the file away again, of which nobody can make anything.</summary>
    public void Remove()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (FileRefusal.Is(e))
        {
            // It tells of nothing, and says so itself.
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            try
            {
                _file.Dispose();
            }
            catch (IOException e)
            {
                Problem ??= e.Message;
            }
        }
    }
}
