namespace XenMigrate.Ssh;

/// <summary>Puts lines together from the bytes of a stream, as they come.</summary>
/// <param name="line">
/// Gets each line without its end, which is \n, \r\n or a lone \r (xl's progress); of a very long one the beginning.
/// </param>
/// <param name="kept">Gets everything, line ends as they came.</param>
internal sealed class LineAssembler(Action<string> line, KeptText kept)
{
    // Invalid bytes become U+FFFD; a character that is cut in two by the network waits for its rest.
    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: false).GetDecoder();
    private readonly StringBuilder _current = new();
    private bool _afterReturn;

    /// <summary>What is kept of the text so far.</summary>
    public string Text => kept.ToString();

    /// <summary>How many characters are not kept.</summary>
    public long Discarded => kept.Discarded;

    public void Add(byte[] bytes, int count) => Decode(bytes, count, flush: false);

    /// <summary>The stream has ended: what is left is a line, too.</summary>
    public void End()
    {
        Decode([], 0, flush: true);
        if (_current.Length > 0)
        {
            EndLine();
        }
    }

    private void Decode(byte[] bytes, int count, bool flush)
    {
        char[] characters = new char[_decoder.GetCharCount(bytes, 0, count, flush)];
        int length = _decoder.GetChars(bytes, 0, count, characters, 0, flush);

        int start = 0;
        for (int i = 0; i < length; i++)
        {
            if (characters[i] is not ('\n' or '\r'))
            {
                _afterReturn = false;
                continue;
            }

            Take(characters, start, i - start);
            kept.Append(characters, i, 1);
            start = i + 1;
            if (!(characters[i] == '\n' && _afterReturn))
            {
                EndLine();
            }

            _afterReturn = characters[i] == '\r';
        }

        Take(characters, start, length - start);
    }

    private void Take(char[] characters, int start, int count)
    {
        kept.Append(characters, start, count);
        _current.Append(characters, start, Math.Min(count, OutputLimits.Line - _current.Length));
    }

    private void EndLine()
    {
        string text = _current.ToString();
        _current.Clear();
        kept.EndLine(text);
        line(text);
    }
}
