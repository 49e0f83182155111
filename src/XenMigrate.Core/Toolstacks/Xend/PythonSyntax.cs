namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// Whether a regular expression is one for Python 2, by the grammar of its re module (2.3 to 2.7). .NET takes some that Python
/// refuses: repeated anchors, groups with flags or without memory, sets that range from a class.
/// </summary>
internal sealed class PythonSyntax
{
    private const string Flags = "iLmsuxt";
    private const string Unbalanced = "unbalanced parenthesis";

    private readonly PythonCursor _cursor;
    private readonly PythonGroups _groups = new();

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

    private PythonWidth Alternatives()
    {
        PythonWidth all = Sequence();
        while (_cursor.Take('|'))
        {
            PythonWidth other = Sequence();
            all = all.Or(other);
        }

        return all;
    }

    private PythonWidth Sequence()
    {
        PythonWidth before = PythonWidth.None;
        (Kind Kind, PythonWidth Width) last = (Kind.Nothing, PythonWidth.None);
        while (_cursor.Next is { } c and not '|' and not ')')
        {
            if (PythonRepetition.Read(_cursor) is { } times)
            {
                last = last.Kind is Kind.Nothing or Kind.Anchor ? throw new FormatException("nothing to repeat")
                    : last.Kind is Kind.Repeat ? throw new FormatException("multiple repeat")
                    : (Kind.Repeat, last.Width.Times(times));
                _ = _cursor.Take('?');
            }
            else
            {
                before = before.And(last.Width);
                (Kind Kind, PythonWidth Width) item = Item();
                // What leaves nothing behind has the item before it repeated.
                last = item.Kind == Kind.Nothing ? (last.Kind, PythonWidth.None) : item;
            }
        }

        return before.And(last.Width);
    }

    private (Kind Kind, PythonWidth Width) Item()
    {
        switch (_cursor.Read(""))
        {
            case '^' or '$':
                return (Kind.Anchor, PythonWidth.None);
            case '[':
                _cursor.Set();
                return (Kind.Other, PythonWidth.One);
            case '(':
                return _cursor.Take('?') ? Extension() : (Kind.Other, Capture());
            case '\\':
                return Escape();
            default:
                return (Kind.Other, PythonWidth.One);
        }
    }

    private (Kind Kind, PythonWidth Width) Escape()
    {
        char c = _cursor.Read("bogus escape (end of line)");
        switch (c)
        {
            case 'A' or 'b' or 'B' or 'Z':
                return (Kind.Anchor, PythonWidth.None);
            case 'x':
                _ = _cursor.Hexadecimal();
                return (Kind.Other, PythonWidth.One);
            case >= '1' and <= '9':
                return (Kind.Other, Reference(c));
            default:
                return (Kind.Other, PythonWidth.One);
        }
    }

    private PythonWidth Reference(char first)
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
                return PythonWidth.One;
            }
        }

        return _groups.ByNumber(digits);
    }

    /// <summary>A group that begins with "(?".</summary>
    private (Kind Kind, PythonWidth Width) Extension()
    {
        char c = _cursor.Read("unexpected end of pattern");
        switch (c)
        {
            case ':':
                return (Kind.Other, Body());
            case '=' or '!':
                _ = Body();
                return (Kind.Other, PythonWidth.None);
            case '<':
                return (Kind.Other, LookBehind());
            case '#':
                _ = _cursor.Until(')', Unbalanced);
                return (Kind.Nothing, PythonWidth.None);
            case 'P':
                return (Kind.Other, Named());
            case '(':
                return (Kind.Other, Conditional());
            default:
                _cursor.At--;
                return (Kind.Nothing, OnlyFlags());
        }
    }

    private PythonWidth Capture(string? name = null)
    {
        int group = _groups.Open(name);
        PythonWidth width = Body();
        _groups.Close(group);
        return width;
    }

    private PythonWidth Body()
    {
        PythonWidth width = Alternatives();
        return _cursor.Take(')') ? width : throw new FormatException(Unbalanced);
    }

    private PythonWidth LookBehind()
    {
        if (!_cursor.Take('=') && !_cursor.Take('!'))
        {
            throw new FormatException("syntax error");
        }

        PythonWidth width = Body();
        return width.Least == width.Most ? PythonWidth.None : throw new FormatException("look-behind requires fixed-width pattern");
    }

    private PythonWidth Named()
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
        return _groups.ByName(name);
    }

    private PythonWidth Conditional()
    {
        string condition = _cursor.Until(')', "unterminated name");
        if (condition.Length == 0 || !condition.All(c => c is >= '0' and <= '9'))
        {
            _ = _groups.ByName(condition);
        }

        PythonWidth yes = Sequence();
        PythonWidth no = _cursor.Take('|') ? Sequence() : PythonWidth.None;
        return _cursor.Take(')')
            ? yes.Or(no)
            : throw new FormatException("conditional backref with more than two branches");
    }

    private PythonWidth OnlyFlags()
    {
        int start = _cursor.At;
        while (_cursor.Next is { } flag && Flags.Contains(flag))
        {
            _cursor.At++;
        }

        return _cursor.At == start ? throw new FormatException("unexpected end of pattern")
            : _cursor.Take(')') ? PythonWidth.None
            : throw new FormatException("unknown extension");
    }

    private string Name(char end)
    {
        string name = _cursor.Until(end, "unterminated name");
        return name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => c == '_' || char.IsLetterOrDigit(c))
            ? name
            : throw new FormatException("bad character in group name");
    }
}
