namespace XenMigrate.Tests.Mock;

/// <summary>Framed streams in memory.</summary>
internal static class Streams
{
    public static byte[] Frame(IEnumerable<byte[]> parts, int? leastZeros, bool packed)
    {
        using Zstd? zstd = packed ? Zstd.TryLoad() : null;
        MemorySink wire = new();
        FrameWriter frames = new(wire, zstd, leastZeros);
        _ = frames.Begin();
        foreach (byte[] part in parts)
        {
            _ = frames.Write(part);
        }

        _ = frames.End();
        return wire.Bytes.ToArray();
    }

    public static byte[] Unframe(byte[] wire) => Unframe(wire, out _);

    /// <summary>What came out before the end, or before the error.</summary>
    public static byte[] Unframe(byte[] wire, out StreamDamagedException? error)
    {
        using Zstd? zstd = Zstd.TryLoad();
        MemorySink sink = new();
        error = null;
        try
        {
            _ = new FrameReader(new MemorySource(wire), zstd).ReadInto(sink);
        }
        catch (StreamDamagedException e)
        {
            error = e;
        }

        return sink.Bytes.ToArray();
    }

    private sealed class MemorySink : IByteSink
    {
        public MemoryStream Bytes { get; } = new();

        public int Write(ReadOnlySpan<byte> bytes)
        {
            Bytes.Write(bytes);
            return 0;
        }
    }

    private sealed class MemorySource(byte[] bytes) : IByteSource
    {
        private int _at;

        public bool Fill(Span<byte> into)
        {
            bool enough = bytes.Length - _at >= into.Length;
            int length = Math.Min(into.Length, bytes.Length - _at);
            bytes.AsSpan(_at, length).CopyTo(into);
            _at += length;
            return enough;
        }
    }
}
