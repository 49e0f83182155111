namespace XenMigrate.SaveHelper.Events;

/// <summary>Prints what a save tells of itself, from its first line on.</summary>
internal static unsafe class EventFollower
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Follows until the save's end, or that of who should have told it; false if there is none and was none.</summary>
    public static bool Follow(uint domain)
    {
        int file = Libc.Open(NativeText.Of(EventLog.PathFor(domain)), OpenFlags.CloseOnExec, 0);
        if (file < 0)
        {
            return false;
        }

        Span<byte> room = stackalloc byte[8192];
        StringBuilder line = new();
        bool wasUnderWay = true;
        while (true)
        {
            int read = Descriptors.Read(file, room);
            if (read > 0)
            {
                if (!Descriptors.WriteAll(1, room[..read]) || IsEnd(line, Encoding.ASCII.GetString(room[..read])))
                {
                    return true;
                }
            }
            else if (!wasUnderWay)
            {
                // It was over before this last look: nothing comes any more.
                return true;
            }
            else
            {
                wasUnderWay = ControlPipe.IsListening(domain);
                Thread.Sleep(wasUnderWay ? s_pause : TimeSpan.Zero);
            }
        }
    }

    private static bool IsEnd(StringBuilder line, string text)
    {
        bool end = false;
        foreach (char c in text)
        {
            if (c == '\n')
            {
                end |= line.ToString().StartsWith("{\"xenmigrate\":\"end\"", StringComparison.Ordinal);
                _ = line.Clear();
            }
            else
            {
                _ = line.Append(c);
            }
        }

        return end;
    }
}
