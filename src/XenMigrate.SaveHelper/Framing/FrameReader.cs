namespace XenMigrate.SaveHelper.Framing;

/// <summary>The stream is not what its sender sent.</summary>
internal sealed class StreamDamagedException(string message) : Exception(message);

/// <summary>
/// Takes the bytes out of a framed stream. Frames are checked before anybody sees a byte of them, and each is held back until
/// the next one proved to be good: so the last bytes, without which no guest is built, come out only if the end is as it was sent.
/// </summary>
internal sealed class FrameReader(IByteSource source, IPacker? packer)
{
    private readonly byte[] _header = new byte[FrameFormat.HeaderSize];
    private readonly byte[] _payload = new byte[FrameFormat.LongestDelivery];
    private byte[] _checked = new byte[FrameFormat.LongestDelivery];
    private byte[] _held = new byte[FrameFormat.LongestDelivery];
    private int _heldLength;
    private ulong _number;
    private ulong _chain;
    private ulong _delivered;

    /// <summary>Reads to the end of the framed stream, and not a byte further. 0, or the sink's error.</summary>
    /// <exception cref="StreamDamagedException">It is none, too short or damaged; the sink got less than all of it.</exception>
    public int ReadInto(IByteSink sink)
    {
        Span<byte> magic = stackalloc byte[FrameFormat.Magic.Length];
        if (!source.Fill(magic) || !magic.SequenceEqual(FrameFormat.Magic))
        {
            throw new StreamDamagedException("it does not begin as a framed stream does");
        }

        while (true)
        {
            int length = Next();
            int error = _heldLength > 0 ? sink.Write(_held.AsSpan(0, _heldLength)) : 0;
            if (error != 0 || length < 0)
            {
                return error;
            }

            (_held, _checked) = (_checked, _held);
            _heldLength = length;
        }
    }

    /// <summary>Reads a frame and checks what it delivers; returns how much that is, or -1 for the end.</summary>
    private int Next()
    {
        Fill(_header);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_header);
        FrameKind kind = (FrameKind)_header[sizeof(uint)];
        ulong check = BinaryPrimitives.ReadUInt64LittleEndian(_header.AsSpan(sizeof(uint) + 1));
        if (length > FrameFormat.LongestDelivery)
        {
            throw Damaged("is too long");
        }

        Span<byte> payload = _payload.AsSpan(0, (int)length);
        Fill(payload);
        int delivered = Deliver(kind, payload);
        if (FrameFormat.Check(_number, kind, payload, kind == FrameKind.End ? payload : _checked.AsSpan(0, delivered)) != check)
        {
            throw Damaged("fails its check");
        }

        if (kind == FrameKind.End)
        {
            SeeThatItIsTheEnd();
            return -1;
        }

        _number++;
        _chain = FrameFormat.Chain(_chain, check);
        _delivered += (ulong)delivered;
        return delivered;
    }

    private int Deliver(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Raw when payload.Length > 0:
                payload.CopyTo(_checked);
                return payload.Length;
            case FrameKind.Zeros when payload.Length == sizeof(uint):
                uint count = BinaryPrimitives.ReadUInt32LittleEndian(payload);
                if (count is 0 or > FrameFormat.LongestDelivery)
                {
                    throw Damaged("names too many zeros");
                }

                _checked.AsSpan(0, (int)count).Clear();
                return (int)count;
            case FrameKind.Zstd:
                int unpacked = (packer ?? throw Damaged("is packed, and this host has no libzstd.so.1")).Unpack(payload, _checked);
                return unpacked > 0 ? unpacked : throw Damaged("can't be unpacked");
            case FrameKind.End when payload.Length == FrameFormat.EndSize:
                return 0;
            default:
                throw Damaged("is of no known kind and length");
        }
    }

    private void SeeThatItIsTheEnd()
    {
        if (BinaryPrimitives.ReadUInt64LittleEndian(_payload) != _delivered
            || BinaryPrimitives.ReadUInt64LittleEndian(_payload.AsSpan(sizeof(ulong))) != _chain)
        {
            throw Damaged("is the end of another stream");
        }
    }

    private void Fill(Span<byte> into)
    {
        if (!source.Fill(into))
        {
            throw new StreamDamagedException($"it ends in its frame {_number}, before its end");
        }
    }

    private StreamDamagedException Damaged(string how) => new($"its frame {_number} {how}");
}
