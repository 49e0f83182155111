namespace XenMigrate.SaveHelper.Framing;

/// <summary>Finds long runs of zero bytes: pages that the guest never used, wherever they lie in the stream.</summary>
internal static class ZeroRuns
{
    /// <summary>
    /// The data up to the first run of at least so many zeros, or the run if that comes first: one of both is 0.
    /// </summary>
    public static (int Data, int Zeros) Next(ReadOnlySpan<byte> bytes, int least)
    {
        // A run of that length covers a whole block of half of it, wherever it begins: only blocks are looked at.
        int step = Math.Max(1, least / 2);
        int from = 0;
        for (int at = 0; at + step <= bytes.Length; at += step)
        {
            if (bytes[at] != 0 || bytes.Slice(at, step).ContainsAnyExcept((byte)0))
            {
                from = at;
                continue;
            }

            int start = from + 1 + bytes[from..at].LastIndexOfAnyExcept((byte)0);
            int length = bytes[start..].IndexOfAnyExcept((byte)0) is >= 0 and var end ? end : bytes.Length - start;
            if (length >= least)
            {
                return start > 0 ? (start, 0) : (0, length);
            }
        }

        return (bytes.Length, 0);
    }
}
