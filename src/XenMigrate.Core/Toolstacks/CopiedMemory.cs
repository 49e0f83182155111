namespace XenMigrate.Toolstacks;

/// <summary>How much of a guest's memory was written, by a tool that does not tell how far it is.</summary>
/// <param name="Bytes">Bytes written so far.</param>
/// <param name="BytesPerSecond">The rate since the look before; null at the first.</param>
/// <param name="GuestBytes">The guest's memory.</param>
internal sealed record CopiedMemory(long Bytes, double? BytesPerSecond, long GuestBytes)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>The first pass is as long as the memory; what follows it is unknown, so the bar waits at 90.</summary>
    public int Percent => (int)Math.Min(90, 90.0 * Bytes / GuestBytes);

    public override string ToString()
    {
        string copied = string.Format(
            CultureInfo.CurrentCulture, "Copying memory: {0} MiB written, the guest has {1}", Bytes / Mebibyte, GuestBytes / Mebibyte);
        return BytesPerSecond is { } perSecond
            ? copied + string.Format(CultureInfo.CurrentCulture, ", {0:0.0} MiB/s", perSecond / Mebibyte)
            : copied;
    }
}
