using System;
using System.Linq;
using System.Management.Automation;
using System.Text;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Progress;

/// <summary>The lines below the text, one for each activity: what to write to draw them, and to take them away.</summary>
internal sealed class ProgressPane
{
    private readonly Activities _activities = new();
    private int _drawn;
    private int _drawnColumn;

    public bool IsEmpty => _activities.IsEmpty && _drawn == 0;

    public void Apply(long source, ProgressRecord record) => _activities.Apply(source, record);

    public void Clear() => _activities.Clear();

    /// <summary>Leaves the cursor where it was: at a column of the last line of the text.</summary>
    public string Draw(int column, ITerminal terminal)
    {
        string erased = Erase();
        int room = Math.Max(1, terminal.Height / 2);
        string[] lines =
        [
            .. _activities.InOrder().Take(room).Select(a => ProgressLine.Format(a.Record, a.Depth, terminal.Width - 1, terminal.HasColours)),
        ];
        if (lines.Length == 0)
        {
            return erased;
        }

        // Text that does not end its line keeps it, and the bars begin on the next.
        StringBuilder drawing = new(erased);
        _ = drawing.Append(column > 0 ? "\r\n" : "").AppendJoin("\r\n", lines);
        int up = lines.Length - (column > 0 ? 0 : 1);
        _ = drawing.Append(Up(up)).Append('\r').Append(Right(column));
        _drawn = lines.Length;
        _drawnColumn = column;
        return drawing.ToString();
    }

    public string Erase()
    {
        if (_drawn == 0)
        {
            return "";
        }

        _drawn = 0;
        return _drawnColumn > 0 ? $"\r\n\e[J{Up(1)}\r{Right(_drawnColumn)}" : "\r\e[J";
    }

    private static string Up(int rows) => rows > 0 ? $"\e[{rows}A" : "";

    private static string Right(int columns) => columns > 0 ? $"\e[{columns}C" : "";
}
