using System;
using System.Management.Automation;
using System.Threading;
using XenMigrate.Shell.Progress;

namespace XenMigrate.Shell.Terminals;

/// <summary>
/// All that the shell writes goes through here, so that the progress bars below it never mix with it. They are drawn at
/// most ten times a second, whatever happens.
/// </summary>
internal sealed class Screen : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly ProgressPane _pane = new();
    private readonly PlainProgress _plain;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long? _drawnAt;
    private bool _isDue;
    private int _questions;
    private int _column;

    public Screen(ITerminal terminal, TimeProvider time)
    {
        Terminal = terminal;
        _time = time;
        _plain = new PlainProgress(time);
        _timer = time.CreateTimer(_ => Redraw(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ITerminal Terminal { get; }

    public void Write(string text)
    {
        lock (_lock)
        {
            string erased = _pane.Erase();
            Terminal.Write(erased + text);
            _column = ColumnAfter(text);
            DrawSoon();
        }
    }

    public void WriteLine(string text) => Write(text + System.Environment.NewLine);

    /// <summary>For errors, and for what must not be among the output if that goes to a file.</summary>
    public void WriteErrorLine(string text)
    {
        if (Terminal.IsScreen && !Terminal.IsErrorRedirected)
        {
            WriteLine(text);
            return;
        }

        lock (_lock)
        {
            Terminal.WriteError(text + System.Environment.NewLine);
        }
    }

    public void Report(long source, ProgressRecord record)
    {
        if (!Terminal.IsScreen)
        {
            if (_plain.Line(source, record) is { } line)
            {
                WriteErrorLine(line);
            }

            return;
        }

        lock (_lock)
        {
            _pane.Apply(source, record);
            DrawSoon();
        }
    }

    /// <summary>Takes all bars away: the command that they belonged to ended.</summary>
    public void EndProgress()
    {
        lock (_lock)
        {
            Terminal.Write(_pane.Erase());
            _pane.Clear();
            _plain.Clear();
        }
    }

    /// <summary>Keeps the bars away as long as a person is asked something.</summary>
    public IDisposable Ask()
    {
        lock (_lock)
        {
            _questions++;
            Terminal.Write(_pane.Erase());
        }

        return new Question(this);
    }

    public void Dispose()
    {
        _timer.Dispose();
        EndProgress();
    }

    private void DrawSoon()
    {
        TimeSpan wait = _drawnAt is { } drawn ? s_interval - _time.GetElapsedTime(drawn) : TimeSpan.Zero;
        if (wait <= TimeSpan.Zero)
        {
            Draw();
        }
        else if (!_isDue && !_pane.IsEmpty)
        {
            _isDue = true;
            _ = _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Redraw()
    {
        lock (_lock)
        {
            _isDue = false;
            Draw();
        }
    }

    private void Draw()
    {
        if (_questions == 0 && _pane.Draw(_column, Terminal) is { Length: > 0 } drawing)
        {
            _drawnAt = _time.GetTimestamp();
            Terminal.Write(drawing);
        }
    }

    private int ColumnAfter(string text)
    {
        int newLine = text.LastIndexOf('\n');
        int cells = Cells.Of(text[(newLine + 1)..]);
        return (newLine < 0 ? _column + cells : cells) % Math.Max(1, Terminal.Width);
    }

    private sealed class Question(Screen screen) : IDisposable
    {
        // The person's Enter ended the line.
        public void Dispose()
        {
            lock (screen._lock)
            {
                screen._questions--;
                screen._column = 0;
            }
        }
    }
}
