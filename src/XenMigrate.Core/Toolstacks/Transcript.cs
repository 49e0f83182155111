using System.Collections.Generic;

namespace XenMigrate.Toolstacks;

/// <summary>What tools wrote, for whoever wants to know why a move failed. Lines may come from several threads.</summary>
internal sealed class Transcript
{
    private readonly object _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Keeps a line as it is.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }

    /// <summary>Keeps a line unless it is empty or the last one again.</summary>
    public void Note(string line)
    {
        lock (_lock)
        {
            if (line.Trim().Length > 0 && (_lines.Count == 0 || _lines[_lines.Count - 1] != line))
            {
                _lines.Add(line);
            }
        }
    }
}
