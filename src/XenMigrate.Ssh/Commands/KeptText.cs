namespace XenMigrate.Ssh;

/// <summary>What is kept of a stream: no more than a limit allows. What goes beyond is counted.</summary>
/// <param name="limit">For the whole, in characters.</param>
/// <param name="mark">What a line begins with that ends a part, which is always kept; null if there are no parts.</param>
/// <param name="partLimit">For each part, in characters.</param>
internal sealed class KeptText(int limit, string? mark = null, int partLimit = int.MaxValue)
{
    private readonly StringBuilder _text = new();
    private int _partStart;

    /// <summary>How many characters were not kept since the last mark.</summary>
    public long Discarded { get; private set; }

    public override string ToString() => _text.ToString();

    public void Append(char[] characters, int start, int count)
    {
        int room = Math.Min(limit - _text.Length, partLimit - (_text.Length - _partStart));
        // Once something is missing, nothing may follow it.
        int kept = Discarded > 0 ? 0 : Math.Min(count, Math.Max(0, room));
        _text.Append(characters, start, kept);
        Discarded += count - kept;
    }

    /// <summary>Tells of a line that has ended, once all of it was appended.</summary>
    public void EndLine(string line)
    {
        if (mark is null || !line.StartsWith(mark, StringComparison.Ordinal))
        {
            return;
        }

        if (Discarded > 0)
        {
            // Of the mark itself a piece may have been kept.
            _text.Length = Math.Max(_partStart, _text.Length - line.Length - 2);
            _text.Append('\n').Append(line).Append(' ').Append(Discarded.ToString(CultureInfo.InvariantCulture)).Append('\n');
            Discarded = 0;
        }

        _partStart = _text.Length;
    }
}
