using System;
using System.Collections.Generic;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Editing;

/// <summary>How a person left a line.</summary>
internal enum LineEnd
{
    Accepted,
    Cancelled,
    EndOfInput,
}

/// <summary>A line that a person edited.</summary>
internal sealed record EditedLine(LineEnd End, string Text);

/// <summary>
/// Reads a line, or several that are one command, key by key. Our own, because the registry that this builds from has no
/// PrettyPrompt, no ReadLine and no PSReadLine, and of RadLine only the preview 0.6.
/// </summary>
internal sealed class LineEditor(ITerminal terminal)
{
    private static readonly Dictionary<EditAction, Action<LineBuffer>> s_edits = new()
    {
        [EditAction.Left] = b => b.Left(),
        [EditAction.Right] = b => b.Right(),
        [EditAction.WordLeft] = b => b.WordLeft(),
        [EditAction.WordRight] = b => b.WordRight(),
        [EditAction.LineStart] = b => b.LineStart(),
        [EditAction.LineEnd] = b => b.LineEnd(),
        [EditAction.DeleteLeft] = b => b.DeleteLeft(),
        [EditAction.Delete] = b => b.Delete(),
        [EditAction.DeleteOrEnd] = b => b.Delete(),
        [EditAction.DeleteWordLeft] = b => b.DeleteWordLeft(),
        [EditAction.DeleteWordRight] = b => b.DeleteWordRight(),
        [EditAction.DeleteToLineStart] = b => b.DeleteToLineStart(),
        [EditAction.DeleteToLineEnd] = b => b.DeleteToLineEnd(),
    };

    private readonly LineBuffer _buffer = new();
    private CompletionCycle? _cycle;
    private bool _isWalking;

    public History? History { get; init; }

    public ICompleter? Completer { get; init; }

    /// <summary>Whether Enter ends the command; otherwise it begins another line of it.</summary>
    public Func<string, bool> IsComplete { get; init; } = _ => true;

    /// <summary>The colour of each character, as an escape sequence or null.</summary>
    public Func<string, string?[]>? Colours { get; init; }

    public EditedLine Read(string prompt)
    {
        // Only the prompt's last line is drawn again and again.
        int lastLine = prompt.LastIndexOf('\n') + 1;
        terminal.Write(prompt[..lastLine]);
        LineView view = new(terminal, prompt[lastLine..]);
        _buffer.Set("");
        _cycle = null;
        _isWalking = false;
        History?.Begin("");

        using IDisposable keys = terminal.TakeKeys();
        while (true)
        {
            Show(view);
            ConsoleKeyInfo key = terminal.ReadKey();
            EditAction action = KeyBindings.ActionOf(key);
            if (Ends(action) is { } end)
            {
                _cycle = null;
                view.Show(_buffer.Text, ColoursOf(_buffer.Text), _buffer.Text.Length, "");
                terminal.Write(end == LineEnd.Cancelled ? "^C\r\n" : "\r\n");
                return new EditedLine(end, _buffer.Text);
            }

            if (action == EditAction.ClearScreen)
            {
                terminal.Write("\e[H\e[2J");
                view.Restart();
            }

            Do(action, key.KeyChar);
        }
    }

    private void Show(LineView view) => view.Show(
        _buffer.Text,
        ColoursOf(_buffer.Text),
        _buffer.Cursor,
        _cycle?.Choices(terminal.Width - 1, terminal.HasColours) ?? "");

    private string?[]? ColoursOf(string text) => terminal.HasColours ? Colours?.Invoke(text) : null;

    private LineEnd? Ends(EditAction action) => action switch
    {
        EditAction.Accept when IsComplete(_buffer.Text) => LineEnd.Accepted,
        EditAction.Cancel => LineEnd.Cancelled,
        EditAction.DeleteOrEnd when _buffer.Text.Length == 0 => LineEnd.EndOfInput,
        _ => null,
    };

    private void Do(EditAction action, char typed)
    {
        if (action is EditAction.Complete or EditAction.CompleteBack)
        {
            Complete(action == EditAction.CompleteBack);
            return;
        }

        if (action == EditAction.Clear && _cycle is { } cycle)
        {
            cycle.Undo();
            _cycle = null;
            return;
        }

        _cycle = null;
        if (action is EditAction.Older or EditAction.Newer)
        {
            Walk(action == EditAction.Older);
            return;
        }

        _isWalking &= action == EditAction.None;
        Edit(action, typed);
    }

    private void Edit(EditAction action, char typed)
    {
        switch (action)
        {
            case EditAction.Insert:
                _buffer.Insert(typed.ToString());
                break;
            // Enter comes here only if the command is not complete.
            case EditAction.NewLine or EditAction.Accept:
                _buffer.Insert("\n");
                break;
            case EditAction.Clear:
                _buffer.Set("");
                break;
            default:
                if (s_edits.TryGetValue(action, out Action<LineBuffer>? edit))
                {
                    edit(_buffer);
                }

                break;
        }
    }

    private void Complete(bool back)
    {
        if (Completer is null)
        {
            return;
        }

        _cycle ??= new CompletionCycle(_buffer, Completer.Complete(_buffer.Text, _buffer.Cursor));
        if (_cycle.IsEmpty)
        {
            _cycle = null;
            return;
        }

        if (back)
        {
            _cycle.Previous();
        }
        else
        {
            _cycle.Next();
        }
    }

    /// <summary>Up and down: among the lines of a long command first, then through the history.</summary>
    private void Walk(bool older)
    {
        if (!_isWalking && (older ? _buffer.Up() : _buffer.Down()))
        {
            return;
        }

        if (History is null)
        {
            return;
        }

        if (!_isWalking)
        {
            History.Begin(_buffer.Text);
            _isWalking = true;
        }

        if ((older ? History.Older() : History.Newer()) is { } line)
        {
            _buffer.Set(line);
        }
    }
}
