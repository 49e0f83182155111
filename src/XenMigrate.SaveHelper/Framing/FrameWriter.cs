namespace XenMigrate.SaveHelper.Framing;

/// <summary>
/// Frames a stream, see <see cref="FrameFormat"/>. Whatever is written goes out at once: nothing waits here for more, which
/// may never come before the other end was heard.
/// </summary>
/// <param name="leastZeros">So many zero bytes in a row are named, not sent; null never.</param>
internal sealed class FrameWriter(IByteSink sink, IPacker? packer, int? leastZeros)
{
    private readonly byte[] _frame = new byte[FrameFormat.HeaderSize + FrameFormat.LongestDelivery];
    private readonly byte[] _zeros = leastZeros is null ? [] : new byte[FrameFormat.LongestDelivery];
    private ulong _number;
    private ulong _chain;
    private ulong _delivered;

    /// <summary>Zero bytes that were only named.</summary>
    public long ZerosLeftOut { get; private set; }

    public int Begin() => sink.Write(FrameFormat.Magic);

    /// <summary>Sends what will be delivered. 0, or the sink's error.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        int error = 0;
        while (error == 0 && bytes.Length > 0)
        {
            (int data, int zeros) = leastZeros is { } least ? ZeroRuns.Next(bytes, least) : (bytes.Length, 0);
            data = Math.Min(data, FrameFormat.LongestDelivery);
            error = data > 0 ? Data(bytes[..data]) : Zeros(zeros = Math.Min(zeros, FrameFormat.LongestDelivery));
            bytes = bytes[(data > 0 ? data : zeros)..];
        }

        return error;
    }

    public int End()
    {
        Span<byte> payload = Payload;
        BinaryPrimitives.WriteUInt64LittleEndian(payload, _delivered);
        BinaryPrimitives.WriteUInt64LittleEndian(payload[sizeof(ulong)..], _chain);
        return Send(FrameKind.End, FrameFormat.EndSize, payload[..FrameFormat.EndSize]);
    }

    private Span<byte> Payload => _frame.AsSpan(FrameFormat.HeaderSize);

    private int Data(ReadOnlySpan<byte> bytes)
    {
        _delivered += (ulong)bytes.Length;
        int packed = packer?.Pack(bytes, Payload[..(bytes.Length - 1)]) ?? 0;
        if (packed > 0)
        {
            return Send(FrameKind.Zstd, packed, bytes);
        }

        bytes.CopyTo(Payload);
        return Send(FrameKind.Raw, bytes.Length, bytes);
    }

    private int Zeros(int count)
    {
        _delivered += (ulong)count;
        ZerosLeftOut += count;
        BinaryPrimitives.WriteUInt32LittleEndian(Payload, (uint)count);
        return Send(FrameKind.Zeros, sizeof(uint), _zeros.AsSpan(0, count));
    }

    private int Send(FrameKind kind, int length, ReadOnlySpan<byte> delivered)
    {
        ulong check = FrameFormat.Check(_number++, kind, Payload[..length], delivered);
        _chain = FrameFormat.Chain(_chain, check);
        BinaryPrimitives.WriteUInt32LittleEndian(_frame, (uint)length);
        _frame[sizeof(uint)] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(_frame.AsSpan(sizeof(uint) + 1), check);
        return sink.Write(_frame.AsSpan(0, FrameFormat.HeaderSize + length));
    }
}
