namespace XenMigrate.Embedded.PreCopy;

/// <summary>The check over a frame: its header, without the check itself, and its body.</summary>
internal static class FrameHash
{
    public static ulong Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        // The header's hash seeds the body's.
        return XxHash3.HashToUInt64(body, (long)XxHash3.HashToUInt64(header));
    }
}
