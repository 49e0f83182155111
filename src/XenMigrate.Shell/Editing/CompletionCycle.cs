using System.Linq;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Editing;

/// <summary>The completions of one place, one after the other with each Tab.</summary>
internal sealed class CompletionCycle(LineBuffer buffer, Completions completions)
{
    private readonly string _before = buffer.Text;
    private int _index = -1;
    private int _length = completions.Length;

    public bool IsEmpty => completions.Matches.Count == 0;

    public void Next() => Show((_index + 1) % completions.Matches.Count);

    public void Previous() => Show((_index <= 0 ? completions.Matches.Count : _index) - 1);

    /// <summary>Puts the text back as it was before the first Tab.</summary>
    public void Undo() => buffer.Set(_before);

    /// <summary>The choices as one line with the current one marked; empty if there is only one.</summary>
    public string Choices(int width, bool hasColours)
    {
        if (completions.Matches.Count < 2)
        {
            return "";
        }

        // As many choices as fit, from the one that keeps the current one in sight.
        int first = 0;
        while (first < _index && completions.Matches.Skip(first).Take(_index - first + 1).Sum(m => Cells.Of(m.Label) + 2) > width)
        {
            first++;
        }

        string line = "";
        int used = 0;
        foreach ((Completion match, int index) in completions.Matches.Select((match, index) => (match, index)).Skip(first))
        {
            int cells = Cells.Of(match.Label) + 2;
            if (used + cells > width)
            {
                break;
            }

            used += cells;
            line += (index == _index, hasColours) switch
            {
                (true, true) => $"\e[7m {match.Label} \e[0m",
                (true, false) => $"[{match.Label}]",
                (false, true) => $"\e[2m {match.Label} \e[0m",
                _ => $" {match.Label} ",
            };
        }

        return line;
    }

    private void Show(int index)
    {
        _index = index;
        string text = completions.Matches[index].Text;
        buffer.Replace(completions.Start, _length, text);
        _length = text.Length;
    }
}
