namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// Whether a regular expression is one for Python 2, by the grammar of its re module (2.3 to 2.7). .NET takes some that Python
/// refuses: repeated anchors, groups with flags or without memory, sets that range from a class.
/// </summary>
internal sealed class PythonSyntax
{
    private const string Flags = "iLmsuxt";
    private const int NoLimit = int.MaxValue;
    private const string Unbalanced = "unbalanced parenthesis";

    private static readonly Width s_one = new(1, 1);
    private static readonly Width s_none = new(0, 0);
    private static readonly Width s_any = new(0, NoLimit);

    private readonly PythonCursor _cursor;
    private readonly HashSet<string> _names = [];
    private readonly HashSet<int> _open = [];
    private int _groups = 1;

    private PythonSyntax(string pattern) => _cursor = new PythonCursor(pattern);

    private enum Kind
    {
        /// <summary>A comment, or flags: there is nothing that could be repeated.</summary>
        Nothing,
        Anchor,
        Repeat,
        Other,
    }

    /// <summary>What Python says against it; null if nothing.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            PythonSyntax syntax = new(pattern);
            _ = syntax.Alternatives();
            return syntax._cursor.Next is null ? null : Unbalanced;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private Width Alternatives()
    {
        Width all = Sequence();
        while (_cursor.Take('|'))
        {
            Width other = Sequence();
            all = new Width(Math.Min(all.Least, other.Least), Math.Max(all.Most, other.Most));
        }

        return all;
    }

    private Width Sequence()
    {
        Width before = s_none;
        (Kind Kind, Width Width) last = (Kind.Nothing, s_none);
        while (_cursor.Next is { } c and not '|' and not ')')
        {
            if (Repetition() is { } times)
            {
                last = last.Kind is Kind.Nothing or Kind.Anchor ? throw new FormatException("nothing to repeat")
                    : last.Kind is Kind.Repeat ? throw new FormatException("multiple repeat")
                    : (Kind.Repeat, last.Width.Times(times));
                _ = _cursor.Take('?');
            }
            else
            {
                before = before.And(last.Width);
                (Kind Kind, Width Width) item = Item();
                // What leaves nothing behind has the item before it repeated.
                last = item.Kind == Kind.Nothing ? (last.Kind, s_none) : item;
            }
        }

        return before.And(last.Width);
    }

    /// <summary>How often the item before is to be there, if that is what comes next; a brace that tells no number is itself.</summary>
    private Width? Repetition()
    {
        Width? simple = _cursor.Next switch { '*' => s_any, '+' => new Width(1, NoLimit), '?' => new Width(0, 1), _ => null };
        if (simple is not null)
        {
            _cursor.At++;
            return simple;
        }

        int start = _cursor.At;
        if (_cursor.Take('{') && _cursor.Next != '}')
        {
            string least = _cursor.Digits();
            string most = _cursor.Take(',') ? _cursor.Digits() : least;
            if (_cursor.Take('}'))
            {
                Width times = new(Number(least, 0), Number(most, NoLimit));
                return times.Least <= times.Most ? times : throw new FormatException("bad repeat interval");
            }
        }

        _cursor.At = start;
        return null;
    }

    private (Kind Kind, Width Width) Item()
    {
        switch (_cursor.Read(""))
        {
            case '^' or '$':
                return (Kind.Anchor, s_none);
            case '[':
                _cursor.Set();
                return (Kind.Other, s_one);
            case '(':
                return _cursor.Take('?') ? Extension() : (Kind.Other, Capture());
            case '\\':
                return Escape();
            default:
                return (Kind.Other, s_one);
        }
    }

    private (Kind Kind, Width Width) Escape()
    {
        char c = _cursor.Read("bogus escape (end of line)");
        switch (c)
        {
            case 'A' or 'b' or 'B' or 'Z':
                return (Kind.Anchor, s_none);
            case 'x':
                _ = _cursor.Hexadecimal();
                return (Kind.Other, s_one);
            case >= '1' and <= '9':
                return (Kind.Other, Reference(c));
            default:
                return (Kind.Other, s_one);
        }
    }

    private Width Reference(char first)
    {
        string digits = first.ToString();
        if (_cursor.Next is >= '0' and <= '9' and var second)
        {
            _cursor.At++;
            digits += second;
            if (first <= '7' && second <= '7' && _cursor.Next is >= '0' and <= '7')
            {
                // Three digits of base eight are a character.
                _cursor.At++;
                return s_one;
            }
        }

        int group = Number(digits, 0);
        return group >= _groups ? throw new FormatException($"bogus escape: '\\{digits}'")
            : _open.Contains(group) ? throw new FormatException("cannot refer to open group")
            : s_any;
    }

    /// <summary>A group that begins with "(?".</summary>
    private (Kind Kind, Width Width) Extension()
    {
        char c = _cursor.Read("unexpected end of pattern");
        switch (c)
        {
            case ':':
                return (Kind.Other, Body());
            case '=' or '!':
                _ = Body();
                return (Kind.Other, s_none);
            case '<':
                return (Kind.Other, LookBehind());
            case '#':
                _ = _cursor.Until(')', Unbalanced);
                return (Kind.Nothing, s_none);
            case 'P':
                return (Kind.Other, Named());
            case '(':
                return (Kind.Other, Conditional());
            default:
                _cursor.At--;
                return (Kind.Nothing, OnlyFlags());
        }
    }

    private Width Capture(string? name = null)
    {
        int group = _groups++;
        if (name is not null && !_names.Add(name))
        {
            throw new FormatException($"redefinition of group name '{name}'");
        }

        _ = _open.Add(group);
        Width width = Body();
        _ = _open.Remove(group);
        return width;
    }

    private Width Body()
    {
        Width width = Alternatives();
        return _cursor.Take(')') ? width : throw new FormatException(Unbalanced);
    }

    private Width LookBehind()
    {
        if (!_cursor.Take('=') && !_cursor.Take('!'))
        {
            throw new FormatException("syntax error");
        }

        Width width = Body();
        return width.Least == width.Most ? s_none : throw new FormatException("look-behind requires fixed-width pattern");
    }

    private Width Named()
    {
        if (_cursor.Take('<'))
        {
            return Capture(Name('>'));
        }

        if (!_cursor.Take('='))
        {
            throw new FormatException($"unknown specifier: ?P{_cursor.Next}");
        }

        string name = Name(')');
        return _names.Contains(name) ? s_any : throw new FormatException($"unknown group name '{name}'");
    }

    private Width Conditional()
    {
        string condition = _cursor.Until(')', "unterminated name");
        if (!_names.Contains(condition) && (condition.Length == 0 || !condition.All(c => c is >= '0' and <= '9')))
        {
            throw new FormatException($"unknown group name '{condition}'");
        }

        Width yes = Sequence();
        Width no = _cursor.Take('|') ? Sequence() : s_none;
        return _cursor.Take(')')
            ? new Width(Math.Min(yes.Least, no.Least), Math.Max(yes.Most, no.Most))
            : throw new FormatException("conditional backref with more than two branches");
    }

    private Width OnlyFlags()
    {
        int start = _cursor.At;
        while (_cursor.Next is { } flag && Flags.Contains(flag))
        {
            _cursor.At++;
        }

        return _cursor.At == start ? throw new FormatException("unexpected end of pattern")
            : _cursor.Take(')') ? s_none
            : throw new FormatException("unknown extension");
    }

    private string Name(char end)
    {
        string name = _cursor.Until(end, "unterminated name");
        return name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => c == '_' || char.IsLetterOrDigit(c))
            ? name
            : throw new FormatException("bad character in group name");
    }

    private static int Number(string digits, int otherwise) => int.TryParse(digits, out int number) ? number : otherwise;

    /// <summary>How many characters, or times, at least and at most.</summary>
    private readonly record struct Width(long Least, long Most)
    {
        public Width And(Width other) => new(Math.Min(Least + other.Least, NoLimit), Math.Min(Most + other.Most, NoLimit));

        public Width Times(Width times) => new(Math.Min(Least * times.Least, NoLimit), Math.Min(Most * times.Most, NoLimit));
    }
}
