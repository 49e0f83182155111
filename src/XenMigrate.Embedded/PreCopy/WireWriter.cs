namespace XenMigrate.Embedded.PreCopy;

/// <summary>Makes the frames of one connection, see <see cref="WireFormat"/>.</summary>
internal sealed class WireWriter
{
    private readonly byte[] _batch = new byte[WireFormat.HeaderSize + WireFormat.PagesHeadSize + (WireFormat.BatchPages * 12)];
    private ulong _sequence;

    public byte[] Begin(IncomingGuest guest, Guid token, int connections, bool leavePaused)
    {
        byte[] name = Encoding.UTF8.GetBytes(guest.Identity.Name);
        byte[] description = Encoding.UTF8.GetBytes(guest.Identity.Description);
        byte[] body = new byte[70 + sizeof(ushort) + name.Length + sizeof(uint) + description.Length];
        Span<byte> rest = body;
        _ = guest.Identity.Uuid.TryWriteBytes(rest);
        _ = token.TryWriteBytes(rest[16..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest[32..], guest.Pages);
        rest[36] = (byte)connections;
        rest[37] = leavePaused ? (byte)1 : (byte)0;
        guest.Registers.ToBytes().CopyTo(rest[38..]);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[70..], checked((ushort)name.Length));
        name.CopyTo(rest[72..]);
        rest = rest[(72 + name.Length)..];
        BinaryPrimitives.WriteInt32LittleEndian(rest, description.Length);
        description.CopyTo(rest[4..]);
        return Frame(WireFrameKind.Begin, body);
    }

    public byte[] Join(Guid token) => Frame(WireFrameKind.Join, token.ToByteArray());

    public byte[] RoundEnd(int round)
    {
        byte[] body = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(body, round);
        return Frame(WireFrameKind.RoundEnd, body);
    }

    public byte[] State(VirtualRegisters registers, ulong digest)
    {
        byte[] body = new byte[VirtualRegisters.Size + sizeof(ulong)];
        registers.ToBytes().CopyTo(body, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(VirtualRegisters.Size), digest);
        return Frame(WireFrameKind.State, body);
    }

    public byte[] Commit() => Frame(WireFrameKind.Commit, []);

    public byte[] Mark() => Frame(WireFrameKind.Mark, []);

    /// <summary>
    /// The head of a batch, valid until the next one. Pages that are zero get no data; the others' numbers are put into
    /// <paramref name="withData"/>, and every page's hash into the image.
    /// </summary>
    public ReadOnlySpan<byte> Pages(
        GuestMemory memory, PageHashes hashes, ReadOnlySpan<int> pages, int round, bool paused, Span<int> withData, out int dataPages)
    {
        Span<byte> body = _batch.AsSpan(WireFormat.HeaderSize);
        Span<byte> entries = body[WireFormat.PagesHeadSize..];
        Span<byte> sums = entries[(pages.Length * sizeof(uint))..];
        dataPages = 0;
        for (int i = 0; i < pages.Length; i++)
        {
            int pfn = pages[i];
            ReadOnlySpan<byte> page = memory.Page(pfn);
            bool zero = !page.ContainsAnyExcept((byte)0);
            ulong hash = zero ? PageHashes.Zero : XxHash3.HashToUInt64(page);
            hashes[pfn] = hash;
            BinaryPrimitives.WriteUInt32LittleEndian(entries[(i * sizeof(uint))..], (uint)pfn | (zero ? WireFormat.ZeroPage : 0));
            if (!zero)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(sums[(dataPages * sizeof(ulong))..], hash);
                withData[dataPages++] = pfn;
            }
        }

        BinaryPrimitives.WriteInt32LittleEndian(body, pages.Length);
        BinaryPrimitives.WriteInt32LittleEndian(body[4..], dataPages);
        BinaryPrimitives.WriteInt32LittleEndian(body[8..], round);
        BinaryPrimitives.WriteUInt32LittleEndian(body[12..], paused ? WireFormat.GuestPaused : 0);
        int length = WireFormat.PagesHeadSize + (pages.Length * sizeof(uint)) + (dataPages * sizeof(ulong));
        return Seal(WireFrameKind.Pages, _batch.AsSpan(0, WireFormat.HeaderSize + length));
    }

    private byte[] Frame(WireFrameKind kind, ReadOnlySpan<byte> body)
    {
        byte[] frame = new byte[WireFormat.HeaderSize + body.Length];
        body.CopyTo(frame.AsSpan(WireFormat.HeaderSize));
        _ = Seal(kind, frame);
        return frame;
    }

    private Span<byte> Seal(WireFrameKind kind, Span<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - WireFormat.HeaderSize);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[8..], _sequence++);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[16..], FrameHash.Of(frame[..16], frame[WireFormat.HeaderSize..]));
        return frame;
    }
}
