namespace XenMigrate.Toolstacks.Xend;

/// <summary>Where a reader of a pattern of Python's stands.</summary>
internal sealed class PythonCursor(string pattern)
{
    public int At { get; set; }

    public char? Next => At < pattern.Length ? pattern[At] : null;

    public char Read(string problem)
    {
        char c = Next ?? throw new FormatException(problem);
        At++;
        return c;
    }

    public bool Take(char c)
    {
        bool takes = Next == c;
        At += takes ? 1 : 0;
        return takes;
    }

    public string Digits()
    {
        int start = At;
        while (Next is >= '0' and <= '9')
        {
            At++;
        }

        return pattern.Substring(start, At - start);
    }

    /// <summary>The text up to a character, which is passed over.</summary>
    public string Until(char end, string problem)
    {
        int at = pattern.IndexOf(end, At);
        string text = at < 0 ? throw new FormatException(problem) : pattern.Substring(At, at - At);
        At = at + 1;
        return text;
    }

    /// <summary>What follows \x.</summary>
    public char Hexadecimal()
    {
        int code = 0;
        for (int i = 0; i < 2; i++)
        {
            char digit = Read("bogus escape: \\x");
            code = Uri.IsHexDigit(digit) ? (code * 16) + Uri.FromHex(digit) : throw new FormatException("bogus escape: \\x");
        }

        return (char)code;
    }

    /// <summary>From "[" on, which was read, to the "]" that ends the set.</summary>
    public void Set()
    {
        _ = Take('^');
        int began = At;
        while (true)
        {
            if (At > began && Take(']'))
            {
                return;
            }

            char? low = Member();
            if (Next == '-' && At + 1 < pattern.Length && pattern[At + 1] != ']')
            {
                At++;
                if (Member() is not { } high || low is null || high < low)
                {
                    throw new FormatException("bad character range");
                }
            }
        }
    }

    /// <summary>A character of a set; null for a class of them.</summary>
    private char? Member()
    {
        char c = Read("unexpected end of regular expression");
        if (c != '\\')
        {
            return c;
        }

        char escaped = Read("bogus escape (end of line)");
        return escaped switch
        {
            'd' or 'D' or 's' or 'S' or 'w' or 'W' => null,
            'x' => Hexadecimal(),
            _ => escaped,
        };
    }
}
