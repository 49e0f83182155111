namespace XenMigrate.Journal;

/// <summary>
/// What one move of one guest says in its journal. Until the move is agreed to it is only kept in mind: what just looks
/// at the hosts leaves no file.
/// </summary>
internal sealed class MoveJournal(Timing timing) : IDisposable
{
    private readonly object _lock = new();
    private readonly List<JournalEntry> _held = [];
    private JournalWriter? _writer;
    private MigrationStep? _step;
    private int _commands;

    /// <summary>What makes the file; tests bring a disk that is full.</summary>
    public Func<string, Timing, JournalWriter> Create { get; init; } = JournalWriter.Create;

    /// <summary>The file; null as long as there is none.</summary>
    public string? Path
    {
        get
        {
            lock (_lock)
            {
                return _writer?.Path;
            }
        }
    }

    /// <summary>Why the file could not be written to the end; null if it could.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
            {
                return _writer?.Problem;
            }
        }
    }

    public void Begin(Guid operation, Guest guest, NamedHost source, NamedHost destination, MigrationMode mode, Guid? batch) =>
        Write(new JournalEntry.Begun(
            operation, guest.Name, guest.Uuid, guest.ComputerName, destination.Name, mode, batch, JournalProcess.Current())
        {
            Type = guest.Type,
            SourceIdentity = source.Identity,
            DestinationIdentity = destination.Identity,
        });

    /// <summary>Adds to what is going to be done in which boots of the hosts it is, and what the memory is packed with: the plan tells.</summary>
    public void InBoots(string? source, string? destination, StreamCompression compression)
    {
        lock (_lock)
        {
            int at = _held.FindIndex(entry => entry is JournalEntry.Begun);
            _held[at] = (JournalEntry.Begun)_held[at] with { SourceBootId = source, DestinationBootId = destination, Compression = compression };
        }
    }

    /// <summary>Writes what was kept in mind to a file, and all that follows.</summary>
    /// <exception cref="JournalNotWrittenException">There is such a file, or it can't be made or written: nothing is to be touched.</exception>
    public void Open(string path)
    {
        lock (_lock)
        {
            if (_writer is not null)
            {
                return;
            }

            JournalWriter writer = Create(path, timing);
            _held.ForEach(writer.Write);
            if (writer.Problem is { } problem)
            {
                writer.Dispose();
                writer.Remove();
                throw new JournalNotWrittenException(path, problem);
            }

            _writer = writer;
            _held.Clear();
        }
    }

    /// <summary>Goes on with the journal of a move whose process is gone, to tell how it was settled.</summary>
    /// <exception cref="JournalNotReadException">It may not be read.</exception>
    /// <exception cref="JournalNotWrittenException">It may not be written.</exception>
    public void Continue(string path)
    {
        JournalContent content = JournalReader.Read(path);
        lock (_lock)
        {
            _writer = JournalWriter.Continue(
                path, content.Entries.Select(entry => entry.Number).DefaultIfEmpty().Max(), content.IsTorn, timing);
            _commands = content.Entries.OfType<JournalEntry.CommandBegun>().Select(entry => entry.Command).DefaultIfEmpty().Max();
        }
    }

    /// <returns>The number by which its end is told.</returns>
    public int CommandBegins(string host, string text)
    {
        int number = Interlocked.Increment(ref _commands);
        Write(new JournalEntry.CommandBegun(number, host, text));
        return number;
    }

    public void CommandEnded(int command, int? exitCode, TimeSpan duration, string? error) =>
        Write(new JournalEntry.CommandEnded(command, exitCode, duration, error));

    public void Decide(string text) => Write(new JournalEntry.Decided(text));

    /// <summary>Each step once, however often its progress is told.</summary>
    public void Step(MigrationStep step)
    {
        lock (_lock)
        {
            if (step != _step)
            {
                _step = step;
                Write(new JournalEntry.Stepped(step));
            }
        }
    }

    public void Beat() => Write(new JournalEntry.Beat());

    public void End(MigrationResult result) => Write(
        new JournalEntry.Ended(result.Outcome, result.ComputerName, result.ErrorId, result.Message)
        {
            Bytes = result.BytesTransferred,
            Downtime = result.Downtime,
            DowntimePart = result.DowntimePart,
            MemoryBytesPerSecond = result.Iteration.FirstOrDefault(round => round is { Number: 0, Pages: > 0, Duration.Ticks: > 0 }) is { } first
                ? first.Pages * 4096 / first.Duration.TotalSeconds
                : null,
            LiveDuration = result.Iteration.Count > 1
                ? new TimeSpan(result.Iteration.Take(result.Iteration.Count - 1).Sum(round => round.Duration.Ticks))
                : null,
        });

    /// <summary>It is over, as both hosts told long after.</summary>
    public void End(MigrationOutcome outcome, string host, string message) => Write(
        new JournalEntry.Ended(outcome, host, null, message));

    /// <summary>It is over without a result: it could not be tried, or was stopped before. Only the first act's refusal ends it so.</summary>
    public void End(Exception error) => Write(
        new JournalEntry.Ended(null, null, null, error.Message) { Untouched = error is ActNotDoneException });

    public void Dispose() => _writer?.Dispose();

    private void Write(JournalEntry entry)
    {
        JournalEntry now = entry with { At = timing.Now() };
        lock (_lock)
        {
            if (_writer is not null)
            {
                _writer.Write(now);
            }
            else
            {
                _held.Add(now);
            }
        }
    }
}

/// <summary>Passes progress on, and writes each step into the journal.</summary>
internal sealed class JournaledProgress(IProgress<MigrationProgress>? inner, MoveJournal journal) : IProgress<MigrationProgress>
{
    public void Report(MigrationProgress value)
    {
        journal.Step(value.Step);
        inner?.Report(value);
    }
}
