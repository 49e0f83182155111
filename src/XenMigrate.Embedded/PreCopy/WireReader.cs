namespace XenMigrate.Embedded.PreCopy;

/// <summary>Reads the frames of one connection, and refuses what is not the next one, whole and intact.</summary>
internal sealed class WireReader(Wire wire)
{
    private readonly byte[] _header = new byte[WireFormat.HeaderSize];
    private byte[] _body = new byte[WireFormat.PagesHeadSize + (WireFormat.BatchPages * 12)];
    private int _length;
    private ulong _sequence;

    /// <summary>The last frame's body, until the next one is read.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _length);

    public void ReadPreamble()
    {
        byte[] preamble = new byte[WireFormat.Preamble.Length];
        wire.Read(preamble);
        if (!preamble.AsSpan().SequenceEqual(WireFormat.Preamble))
        {
            throw new TransferException("not a valid guest state: this is no pre-copy stream of version 1");
        }
    }

    public WireFrameKind Next()
    {
        wire.Read(_header);
        WireFrameKind kind = (WireFrameKind)BinaryPrimitives.ReadInt32LittleEndian(_header);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4));
        if (kind is < WireFrameKind.Begin or > WireFrameKind.Mark || length > Longest(kind))
        {
            throw new TransferException($"there is no frame of kind {(int)kind} with {length} bytes");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(_header.AsSpan(8)) != _sequence++)
        {
            throw new TransferException("a frame is missing, repeated or out of order");
        }

        _length = (int)length;
        if (_body.Length < _length)
        {
            _body = new byte[_length];
        }

        wire.Read(_body.AsSpan(0, _length));
        if (BinaryPrimitives.ReadUInt64LittleEndian(_header.AsSpan(16)) != FrameHash.Of(_header.AsSpan(0, 16), Body))
        {
            throw new TransferException("a frame was damaged on its way");
        }

        return kind;
    }

    private static int Longest(WireFrameKind kind) => kind switch
    {
        WireFrameKind.Begin => WireFormat.LongestBody,
        WireFrameKind.Pages => WireFormat.PagesHeadSize + (WireFormat.BatchPages * 12),
        _ => 64,
    };
}
