namespace XenMigrate.Ssh;

/// <summary>
/// Takes away what a stream holds before the command begins: whatever the start-up files of the login shell wrote, and
/// the line that tells the process group.
/// </summary>
/// <param name="begun">Gets the process group when the command begins.</param>
/// <param name="next">Gets the command's own bytes.</param>
internal sealed class PreambleFilter(Action<int> begun, Action<byte[], int> next)
{
    // What comes before the command is told only if none follows, and then nobody needs all of it.
    private const int MostHeld = 64 * 1024;

    // Of a long line the end matters, which may be the line that tells the process group.
    private const int LongLine = 4096;
    private const int EndOfLine = 128;

    private readonly List<byte> _line = [];
    private readonly List<byte> _held = [];
    private bool _begun;

    public void Add(byte[] bytes, int count)
    {
        int start = 0;
        while (!_begun && start < count)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', start, count - start);
            int length = (end < 0 ? count : end + 1) - start;
            _line.AddRange(new ArraySegment<byte>(bytes, start, length));
            start += length;

            if (end >= 0)
            {
                Evaluate();
            }
            else if (_line.Count > LongLine)
            {
                Hold(_line.Count - EndOfLine);
            }
        }

        if (start < count)
        {
            byte[] rest = new byte[count - start];
            Array.Copy(bytes, start, rest, 0, rest.Length);
            next(rest, rest.Length);
        }
    }

    /// <summary>The stream has ended. If the command never began, what was written says why.</summary>
    public void End()
    {
        if (!_begun && _held.Count + _line.Count > 0)
        {
            byte[] all = [.. _held, .. _line];
            next(all, all.Length);
        }
    }

    private void Evaluate()
    {
        if (WrappedCommand.GroupOf(Encoding.ASCII.GetString([.. _line]).TrimEnd('\n')) is int group)
        {
            _begun = true;
            begun(group);
        }

        Hold(_line.Count);
    }

    private void Hold(int count)
    {
        _held.AddRange(_line.GetRange(0, Math.Min(count, MostHeld - _held.Count)));
        _line.RemoveRange(0, count);
    }
}
