namespace XenMigrate.SaveHelper.Save;

/// <summary>Makes the pump that the settings ask for.</summary>
internal static class StreamPumps
{
    private const int Page = 4096;

    // Zstandard makes as little of a page of zeros; only longer runs are worth frames of their own.
    private const int ManyPages = 16 * Page;

    public static StreamPump For(SaveArguments arguments, SaveSettings settings, AbortRequest abort, Action<string> log)
    {
        PreCopyOptions options = settings.Options;
        BandwidthCap? cap = options.BandwidthLimit is { } limit ? new BandwidthCap(limit, options.KeepLimitWhilePaused) : null;
        if (!settings.IsFramed)
        {
            return new StreamPump(arguments.Stream, abort, cap, null);
        }

        Zstd? zstd = options.Compression == StreamCompression.Zstd ? Zstd.TryLoad() : null;
        if (zstd is null && options.Compression == StreamCompression.Zstd)
        {
            log("this host has no libzstd.so.1: zero pages are left out, the others are sent as they are");
        }

        int? leastZeros = options.Compression == StreamCompression.None ? null : zstd is null ? Page : ManyPages;
        return new StreamPump(arguments.Stream, abort, cap, sink => new FrameWriter(sink, zstd, leastZeros));
    }
}
