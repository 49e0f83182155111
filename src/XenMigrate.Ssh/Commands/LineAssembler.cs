using System;
using System.Text;

namespace XenMigrate.Ssh;

/// <summary>Puts lines together from the bytes of a stream, as they come.</summary>
/// <param name="line">Gets each line without its end, which is \n, \r\n or a lone \r (xl's progress).</param>
internal sealed class LineAssembler(Action<string> line)
{
    // Invalid bytes become U+FFFD; a character that is cut in two by the network waits for its rest.
    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: false).GetDecoder();
    private readonly StringBuilder _whole = new();
    private readonly StringBuilder _current = new();
    private bool _afterReturn;

    /// <summary>All the text so far, line ends as they came.</summary>
    public string Text => _whole.ToString();

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
        _whole.Append(characters, 0, length);

        int start = 0;
        for (int i = 0; i < length; i++)
        {
            if (characters[i] is not ('\n' or '\r'))
            {
                _afterReturn = false;
                continue;
            }

            _current.Append(characters, start, i - start);
            start = i + 1;
            if (!(characters[i] == '\n' && _afterReturn))
            {
                EndLine();
            }

            _afterReturn = characters[i] == '\r';
        }

        _current.Append(characters, start, length - start);
    }

    private void EndLine()
    {
        string text = _current.ToString();
        _current.Clear();
        line(text);
    }
}
