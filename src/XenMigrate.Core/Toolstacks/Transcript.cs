namespace XenMigrate.Toolstacks;

/// <summary>
/// What tools wrote, for whoever wants to know why a move failed: the first part and the last, of however much there is.
/// Lines may come from several threads.
/// </summary>
internal sealed class Transcript
{
    // Characters of a line that are kept, and lines: at most some two million characters in all.
    private const int MostOfLine = 2000;
    private const int EndOfLine = 400;
    private const int MostFirst = 300;
    private const int MostLast = 700;

    private readonly object _lock = new();
    private readonly List<string> _first = [];
    private readonly Queue<string> _last = new();
    private string? _latest;
    private long _left;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                string[] note = _left == 0 ? [] : [$"xenmigrate: {_left} lines are left out here"];
                return [.. _first, .. note, .. _last];
            }
        }
    }

    /// <summary>Keeps a line.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            _latest = line;
            string kept = PrintableText.Line(Shortened(line));
            if (_first.Count < MostFirst)
            {
                _first.Add(kept);
                return;
            }

            _last.Enqueue(kept);
            if (_last.Count > MostLast)
            {
                _ = _last.Dequeue();
                _left++;
            }
        }
    }

    /// <summary>Keeps a line unless it is empty or the last one again.</summary>
    public void Note(string line)
    {
        lock (_lock)
        {
            if (!line.All(char.IsWhiteSpace) && _latest != line)
            {
                Add(line);
            }
        }
    }

    private static string Shortened(string line) => line.Length <= MostOfLine
        ? line
        : line.Substring(0, MostOfLine - EndOfLine)
            + $" … ({line.Length - MostOfLine} characters left out) … "
            + line.Substring(line.Length - EndOfLine);
}
