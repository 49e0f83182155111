using System.Globalization;
using System.Text;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Editing;

/// <summary>Draws a line that is edited, over as many rows as it takes, in the place of what it drew before.</summary>
internal sealed class LineView(ITerminal terminal, string prompt)
{
    /// <summary>What stands before each further line of a command.</summary>
    public const string Continuation = ">> ";

    private readonly StringBuilder _drawing = new();
    private int _shownRow;
    private int _row;
    private int _column;

    /// <param name="text">What is edited.</param>
    /// <param name="colours">The escape sequence of each character, or null.</param>
    /// <param name="cursor">Where in the text the cursor stands.</param>
    /// <param name="footer">A line to show below.</param>
    public void Show(string text, string?[]? colours, int cursor, string footer)
    {
        _ = _drawing.Clear().Append(_shownRow > 0 ? $"\e[{_shownRow}A" : "").Append("\r\e[J").Append(prompt);
        (_row, _column) = (0, Cells.Of(prompt) % terminal.Width);
        (int Row, int Column) at = (0, 0);
        string? colour = null;

        for (int index = 0; index < text.Length; index += StringInfo.GetNextTextElementLength(text, index))
        {
            string element = StringInfo.GetNextTextElement(text, index);
            int width = element == "\n" ? 0 : Cells.OfElement(element);
            if (_column + width > terminal.Width)
            {
                NextRow("");
            }

            at = index == cursor ? (_row, _column) : at;
            if (element == "\n")
            {
                Colour(ref colour, null);
                NextRow(Continuation);
                continue;
            }

            Colour(ref colour, colours?[index]);
            _ = _drawing.Append(char.IsControl(element[0]) ? "?" : element);
            _column += width;
        }

        Colour(ref colour, null);
        if (_column >= terminal.Width)
        {
            NextRow("");
        }

        at = cursor >= text.Length ? (_row, _column) : at;
        if (footer.Length > 0)
        {
            NextRow(footer);
        }

        MoveTo(at.Row, at.Column);
        terminal.Write(_drawing.ToString());
        _shownRow = at.Row;
    }

    /// <summary>Draws the rest of what is shown from the top of an empty screen.</summary>
    public void Restart() => _shownRow = 0;

    private void NextRow(string start)
    {
        _ = _drawing.Append("\r\n").Append(start);
        _row++;
        _column = Cells.Of(start);
    }

    private void MoveTo(int row, int column) => _ = _drawing
        .Append(_row > row ? $"\e[{_row - row}A" : "")
        .Append('\r')
        .Append(column > 0 ? $"\e[{column}C" : "");

    private void Colour(ref string? current, string? wanted)
    {
        if (wanted != current)
        {
            _ = _drawing.Append("\e[0m").Append(wanted);
            current = wanted;
        }
    }
}
