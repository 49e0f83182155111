using System;
using System.IO;
using System.Security;

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
                _ = Directory.CreateDirectory(folder);
            }

            return new JournalWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), timing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException)
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
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                Problem = e.Message;
            }
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
