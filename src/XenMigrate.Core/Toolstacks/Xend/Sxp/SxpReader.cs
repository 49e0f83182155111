namespace XenMigrate.Toolstacks.Xend.Sxp;

/// <summary>
/// Reads S-expressions as xend of Xen 3.1 and later did, its mistakes included: what counts is what xend makes of a
/// text, not what its author meant.
/// </summary>
internal sealed class SxpReader
{
    /// <summary>Ctrl-D: xend reads nothing behind it.</summary>
    public const char EndOfText = '\u0004';

    // xend's own files nest five deep. The writer and the comparison go down one call a level.
    private const int MaximumDepth = 200;

    private readonly string _text;
    private readonly Stack<(int Start, List<SxpValue> Items)> _open = new();
    private int _at;

    private SxpReader(string text) => _text = text;

    /// <summary>Every value of the text, in order.</summary>
    /// <exception cref="SxpException">It is no such text.</exception>
    public static IReadOnlyList<SxpValue> Read(string text) => new SxpReader(text).ReadAll();

    /// <summary>Every list of the text, in order, with what else is at its top left out.</summary>
    /// <exception cref="SxpException">It is no such text.</exception>
    public static IReadOnlyList<SxpList> ReadLists(string text) => [.. Read(text).OfType<SxpList>()];

    /// <summary>The list that the text begins with; what follows it may be anything.</summary>
    /// <exception cref="SxpException">It begins with no whole list.</exception>
    public static SxpList ReadFirstList(string text)
    {
        SxpReader reader = new(text);
        return reader.ReadAll(most: 1).FirstOrDefault() as SxpList ?? throw reader.Error("no list", 0);
    }

    /// <summary>Whether xend takes it for white space.</summary>
    public static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r');

    private List<SxpValue> ReadAll(int most = int.MaxValue)
    {
        List<SxpValue> top = [];
        while (top.Count < most && SkipToValue())
        {
            int start = _at;
            switch (_text[_at])
            {
                case '(':
                    Open(start);
                    break;
                case ')':
                    Add(top, Close());
                    break;
                case '"' or '\'':
                    Add(top, SxpString.Read(_text, ref _at) ?? throw Error("unexpected EOF in a string", start));
                    break;
                default:
                    Add(top, Atom());
                    break;
            }
        }

        return _open.Count == 0 ? top : throw Error("unexpected EOF: this list is not closed", _open.Peek().Start);
    }

    private void Add(List<SxpValue> top, SxpValue value) => (_open.Count > 0 ? _open.Peek().Items : top).Add(value);

    private void Open(int start)
    {
        if (_open.Count >= MaximumDepth)
        {
            throw Error($"more than {MaximumDepth} lists within each other", start);
        }

        _open.Push((start, []));
        _at++;
    }

    private SxpList Close()
    {
        if (_open.Count == 0)
        {
            throw Error("syntax error: )", _at);
        }

        (int start, List<SxpValue> items) = _open.Pop();
        _at++;
        return new SxpList(items, start, _at);
    }

    private SxpAtom Atom()
    {
        int start = _at;
        if (!IsPrintable(_text[_at]))
        {
            throw Error($"invalid character 0x{(int)_text[_at]:x2}", _at);
        }

        // The first character may be any; a quote within the word does not end it.
        _at++;
        while (_at < _text.Length && !EndsAtom(_text[_at]))
        {
            if (!IsPrintable(_text[_at]))
            {
                throw Error($"invalid character 0x{(int)_text[_at]:x2}", _at);
            }

            _at++;
        }

        return new SxpAtom(_text.Substring(start, _at - start), start, _at);
    }

    /// <summary>Skips white space and comments; false at the end of the text.</summary>
    private bool SkipToValue()
    {
        bool inComment = false;
        for (; _at < _text.Length && _text[_at] != EndOfText; _at++)
        {
            char c = _text[_at];
            inComment = c != '\n' && (inComment || c == '#');
            if (!inComment && !IsSpace(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPrintable(char c) => c is > ' ' and < '\u007f';

    private static bool EndsAtom(char c) =>
        IsSpace(c) || c is EndOfText or '#' or '{' or '}' or '(' or ')' or '<' or '>' or '[' or ']' or ';';

    private SxpException Error(string reason, int at) => SxpPosition.Error(_text, reason, at);
}

/// <summary>Where in a text something is, as editors count.</summary>
internal static class SxpPosition
{
    public static int Line(string text, int at) => text.Take(at).Count(c => c == '\n') + 1;

    public static SxpException Error(string text, string reason, int at) =>
        new(reason, Line(text, at), at - (at == 0 ? -1 : text.LastIndexOf('\n', at - 1)));
}
