namespace XenMigrate.Ssh;

/// <summary>One line of an ssh configuration file: a keyword in lower case, and its words.</summary>
internal sealed record SshDirective(string Keyword, IReadOnlyList<string> Arguments, string Rest)
{
    /// <summary>The lines of a file that say something, in order.</summary>
    public static IReadOnlyList<SshDirective> ParseAll(string text)
    {
        List<SshDirective> directives = [];
        foreach (string line in text.Split('\n'))
        {
            if (Parse(line.Trim()) is SshDirective directive)
            {
                directives.Add(directive);
            }
        }

        return directives;
    }

    private static SshDirective? Parse(string line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return null;
        }

        int end = 0;
        while (end < line.Length && !char.IsWhiteSpace(line[end]) && line[end] != '=')
        {
            end++;
        }

        string keyword = line.Substring(0, end).Trim('"').ToLowerInvariant();
        string rest = line.Substring(end).TrimStart();
        rest = rest.BeginsWith('=') ? rest.Substring(1).TrimStart() : rest;
        return new SshDirective(keyword, Words(rest), rest);
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool begun = false;
        char quote = '\0';

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < text.Length && IsEscapable(text[i + 1], quote))
            {
                word.Append(text[++i]);
                begun = true;
            }
            else if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
                begun = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Finish();
            }
            else if (quote == '\0' && c == '#' && !begun)
            {
                break;
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (begun)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            begun = false;
        }
    }

    // Any other backslash is part of the word: Windows paths are full of them.
    private static bool IsEscapable(char c, char quote) => c is '"' or '\'' or '\\' || (c == ' ' && quote == '\0');
}
