namespace XenMigrate.Journal;

/// <summary>Reads journals, whole ones and such as a crash left.</summary>
internal static class JournalReader
{
    /// <summary>Bytes of a line; what is longer is no line of ours.</summary>
    private const int LongestLine = 1 << 17;

    /// <exception cref="JournalNotReadException">The file is not there, or may not be read.</exception>
    public static JournalContent Read(string path)
    {
        try
        {
            // Others may be writing it.
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(file);
        }
        catch (Exception e) when (FileRefusal.Is(e))
        {
            throw new JournalNotReadException(path, e.Message, e);
        }
    }

    /// <summary>What a journal is about, as its first line says; null if that does not tell.</summary>
    public static JournalEntry.Begun? ReadBegun(string path)
    {
        try
        {
            using StreamReader file = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return file.ReadLine() is { Length: < LongestLine } line
                ? JournalLine.Read(Encoding.UTF8.GetBytes(line)).Entry as JournalEntry.Begun
                : null;
        }
        catch (Exception e) when (FileRefusal.Is(e))
        {
            return null;
        }
    }

    public static JournalContent Read(Stream stream)
    {
        List<JournalEntry> entries = [];
        int unreadable = 0;
        int newer = 0;
        int passedOver = 0;
        byte[] buffer = new byte[1 << 14];
        using MemoryStream line = new();
        bool isTooLong = false;
        int count;

        while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            int start = 0;
            while (Array.IndexOf(buffer, (byte)'\n', start, count - start) is var end and >= 0)
            {
                Add(start, end - start);
                EndLine();
                start = end + 1;
            }

            Add(start, count - start);
        }

        return new JournalContent
        {
            Entries = entries,
            IsTorn = line.Length > 0 || isTooLong,
            UnreadableLines = unreadable,
            NewerLines = newer,
            UnknownLines = passedOver,
        };

        void Add(int start, int length)
        {
            isTooLong |= line.Length + length > LongestLine;
            if (!isTooLong)
            {
                line.Write(buffer, start, length);
            }
        }

        void EndLine()
        {
            (JournalEntry? entry, JournalLineProblem? problem) = isTooLong
                ? (null, JournalLineProblem.Unreadable)
                : JournalLine.Read(line.GetBuffer().AsMemory(0, (int)line.Length));
            if (entry is not null)
            {
                entries.Add(entry);
            }

            unreadable += problem == JournalLineProblem.Unreadable ? 1 : 0;
            newer += problem == JournalLineProblem.NewerVersion ? 1 : 0;
            passedOver += problem == JournalLineProblem.UnknownKind ? 1 : 0;
            line.SetLength(0);
            isTooLong = false;
        }
    }
}
