using System.IO.Hashing;

namespace XenMigrate.SaveHelper.Framing;

/// <summary>What a frame holds.</summary>
internal enum FrameKind : byte
{
    /// <summary>The bytes to deliver.</summary>
    Raw = 1,

    /// <summary>How many zero bytes to deliver: u32.</summary>
    Zeros = 2,

    /// <summary>The bytes to deliver, one Zstandard frame.</summary>
    Zstd = 3,

    /// <summary>Nothing to deliver: u64 of how many bytes were delivered in all, u64 of all frames' checks, chained.</summary>
    End = 4,
}

/// <summary>
/// The framed stream, version 1: the magic, then frames, little endian: u32 length of the payload, u8 kind, u64 check, payload.
/// The check is XXH3-64 of what the frame delivers, seeded by the frame's number and kind, so that no frame can be another's;
/// of a packed one by the hash of what was packed besides, so that nothing on the wire goes unchecked.
/// Of the end frame it is that of the payload. Nobody reads a byte behind the end frame: those are libxl's.
/// </summary>
internal static class FrameFormat
{
    /// <summary>Length, kind and check.</summary>
    public const int HeaderSize = 13;

    /// <summary>What one frame delivers at most.</summary>
    public const int LongestDelivery = 256 * 1024;

    public const int EndSize = 16;

    public static ReadOnlySpan<byte> Magic => "XMSTRM1\n"u8;

    public static ulong Check(ulong number, FrameKind kind, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> delivered)
    {
        long seed = (long)((number << 8) | (byte)kind);
        return XxHash3.HashToUInt64(delivered, kind == FrameKind.Zstd ? (long)XxHash3.HashToUInt64(payload, seed) : seed);
    }

    /// <summary>The check of all frames up to one: the order counts.</summary>
    public static ulong Chain(ulong before, ulong check)
    {
        Span<byte> both = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(both, before);
        BinaryPrimitives.WriteUInt64LittleEndian(both[sizeof(ulong)..], check);
        return XxHash3.HashToUInt64(both);
    }
}
