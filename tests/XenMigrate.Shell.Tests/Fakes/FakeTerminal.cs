using System.Globalization;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Tests.Fakes;

/// <summary>A terminal that obeys the escape sequences we write, and whose rows can be looked at. Its keys are typed beforehand.</summary>
internal sealed class FakeTerminal(int width = 40, int height = 20) : ITerminal
{
    private readonly List<char[]> _rows = [new string(' ', width).ToCharArray()];
    private readonly Queue<ConsoleKeyInfo> _keys = new();
    private int _row;
    private int _column;

    public bool IsInputRedirected { get; init; }

    public bool IsScreen { get; init; } = true;

    public bool IsErrorRedirected { get; init; }

    public bool HasColours { get; init; }

    public int Width => width;

    public int Height => height;

    public (int Row, int Column) Cursor => (_row, _column);

    /// <summary>How often something was written.</summary>
    public int Writes { get; private set; }

    public string Errors { get; private set; } = "";

    /// <summary>The rows that hold something, without the blanks at their ends.</summary>
    public string[] Rows
    {
        get
        {
            string[] rows = [.. _rows.Select(row => new string(row).TrimEnd())];
            return rows[..(Array.FindLastIndex(rows, row => row.Length > 0) + 1)];
        }
    }

    public FakeTerminal Type(string text)
    {
        foreach (char c in text)
        {
            _keys.Enqueue(c switch
            {
                '\r' => new ConsoleKeyInfo(c, ConsoleKey.Enter, false, false, false),
                '\t' => new ConsoleKeyInfo(c, ConsoleKey.Tab, false, false, false),
                _ => new ConsoleKeyInfo(c, char.IsAsciiLetter(c) ? (ConsoleKey)char.ToUpperInvariant(c) : ConsoleKey.None, false, false, false),
            });
        }

        return this;
    }

    public FakeTerminal Press(ConsoleKey key, ConsoleModifiers modifiers = ConsoleModifiers.None)
    {
        _keys.Enqueue(new ConsoleKeyInfo(
            '\0', key, modifiers.HasFlag(ConsoleModifiers.Shift), modifiers.HasFlag(ConsoleModifiers.Alt), modifiers.HasFlag(ConsoleModifiers.Control)));
        return this;
    }

    public IDisposable TakeKeys() => new MemoryStream();

    public ConsoleKeyInfo ReadKey() =>
        _keys.TryDequeue(out ConsoleKeyInfo key) ? key : throw new InvalidOperationException("Nobody types any more.");

    public string? ReadLine() => null;

    public void WriteError(string text) => Errors += text;

    public void Write(string text)
    {
        Writes += text.Length > 0 ? 1 : 0;
        for (int index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '\r':
                    _column = 0;
                    break;
                case '\n':
                    GoTo(_row + 1);
                    _column = 0;
                    break;
                case '\b':
                    _column--;
                    break;
                case '\e':
                    index = Obey(text, index + 2);
                    break;
                default:
                    Put(text[index]);
                    break;
            }
        }
    }

    // A character in the last column leaves the cursor there until the next one, as terminals do.
    private void Put(char c)
    {
        if (_column == width)
        {
            GoTo(_row + 1);
            _column = 0;
        }

        _rows[_row][_column++] = c;
    }

    private int Obey(string text, int start)
    {
        int end = start;
        while (!char.IsLetter(text[end]))
        {
            end++;
        }

        int count = int.TryParse(text[start..end], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;
        switch (text[end])
        {
            case 'A':
                _row = Math.Max(0, _row - count);
                break;
            case 'C':
                _column = Math.Min(width - 1, _column + count);
                break;
            case 'J':
                _rows[_row].AsSpan(Math.Min(_column, width)).Fill(' ');
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                break;
            case 'm':
                break;
            default:
                throw new NotSupportedException(text[start..(end + 1)]);
        }

        return end;
    }

    private void GoTo(int row)
    {
        _row = row;
        while (_rows.Count <= row)
        {
            _rows.Add(new string(' ', width).ToCharArray());
        }
    }
}
