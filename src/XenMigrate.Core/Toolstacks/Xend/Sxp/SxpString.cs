namespace XenMigrate.Toolstacks.Xend.Sxp;

/// <summary>A string in quotes, with the escapes that xend knows and what it makes of those that it does not.</summary>
internal static class SxpString
{
    private const string EscapeLetters = "abtnvfr\\'\"";
    private const string EscapedCharacters = "\a\b\t\n\v\f\r\\'\"";

    /// <summary>Reads from the opening quote to behind the closing one; null if there is none.</summary>
    /// <exception cref="SxpException">An escape has no value.</exception>
    public static SxpAtom? Read(string text, ref int at)
    {
        int start = at;
        char quote = text[at++];
        StringBuilder value = new();
        bool lost = false;

        while (at < text.Length)
        {
            char c = text[at++];
            if (c == quote)
            {
                return new SxpAtom(value.ToString(), start, at) { LostCharacters = lost };
            }

            if (c != '\\')
            {
                _ = value.Append(c);
            }
            else if (at < text.Length)
            {
                lost |= !Escape(text, ref at, value);
            }
        }

        return null;
    }

    private static bool Escape(string text, ref int at, StringBuilder value)
    {
        char c = text[at];
        if (EscapeLetters.IndexOf(c) is >= 0 and int known)
        {
            at++;
            _ = value.Append(EscapedCharacters[known]);
        }
        else if (c == 'x')
        {
            at++;
            _ = value.Append(Hexadecimal(text, ref at));
        }
        else if (c is >= '0' and <= '7')
        {
            _ = value.Append(Octal(text, ref at));
        }
        else
        {
            // The backslash stays, and the character behind it is gone.
            at++;
            _ = value.Append('\\');
            return false;
        }

        return true;
    }

    /// <summary>Two digits, of which xend counts the letters from 0 on.</summary>
    private static char Hexadecimal(string text, ref int at)
    {
        int code = 0;
        for (int i = 0; i < 2; i++, at++)
        {
            int digit = at >= text.Length ? -1 : text[at] switch
            {
                >= '0' and <= '9' and var c => c - '0',
                >= 'a' and <= 'f' and var c => c - 'a',
                >= 'A' and <= 'F' and var c => c - 'A',
                _ => -1,
            };
            code = digit >= 0 ? (code * 16) + digit : throw SxpPosition.Error(text, "invalid hex escape", at);
        }

        return (char)code;
    }

    private static char Octal(string text, ref int at)
    {
        int code = 0;
        for (int i = 0; i < 3 && at < text.Length && text[at] is >= '0' and <= '7'; i++, at++)
        {
            code = (code * 8) + (text[at] - '0');
        }

        return code <= 255 ? (char)code : throw SxpPosition.Error(text, "invalid octal escape: out of range", at - 1);
    }
}
