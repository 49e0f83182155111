using System;
using System.Collections.Generic;

namespace XenMigrate.Shell.Editing;

/// <summary>The lines entered before, and the walk among those that begin as the person began to type.</summary>
internal sealed class History
{
    private const int MostLines = 2000;

    private readonly List<string> _lines = [];
    private string _begun = "";
    private int _position;

    public History(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Add(line);
        }
    }

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
        }

        if (_lines.Count > MostLines)
        {
            _lines.RemoveAt(0);
        }

        Begin("");
    }

    /// <summary>Begins at the newest again. The text is what the person typed.</summary>
    public void Begin(string text) => (_begun, _position) = (text, _lines.Count);

    /// <summary>The next older line that fits; null if there is none.</summary>
    public string? Older()
    {
        for (int index = _position - 1; index >= 0; index--)
        {
            if (_lines[index].StartsWith(_begun, StringComparison.OrdinalIgnoreCase))
            {
                _position = index;
                return _lines[index];
            }
        }

        return null;
    }

    /// <summary>The next newer line that fits; behind the newest, what the person typed.</summary>
    public string Newer()
    {
        for (int index = _position + 1; index < _lines.Count; index++)
        {
            if (_lines[index].StartsWith(_begun, StringComparison.OrdinalIgnoreCase))
            {
                _position = index;
                return _lines[index];
            }
        }

        _position = _lines.Count;
        return _begun;
    }
}
