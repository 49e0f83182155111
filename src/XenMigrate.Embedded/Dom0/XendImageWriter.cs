namespace XenMigrate.Embedded.Dom0;

/// <summary>Writes a guest that stands still as an image.</summary>
internal static class XendImageWriter
{
    public static void Write(Stream stream, DomainConfiguration configuration, EmbeddedGuest guest)
    {
        byte[] text = Encoding.UTF8.GetBytes(DomainSxp.Of(configuration).ToString());
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        stream.Write(XendImageFormat.Magic);
        stream.Write(length);
        stream.Write(text);

        int pages = guest.Memory.Pages;
        using GuestMemory.Lease lease = guest.Memory.Use();
        WriteHead(stream, pages);
        ulong checksum = WritePages(stream, guest.Memory);
        WriteTail(stream, guest, checksum);
    }

    private static void WriteHead(Stream stream, int pages)
    {
        Word(stream, (ulong)pages);
        Word(stream, ulong.MaxValue);
        Int32(stream, 8 + XendImageFormat.ContextSize);
        stream.Write(XendImageFormat.ContextBlock);
        Int32(stream, XendImageFormat.ContextSize);
        stream.Write(new byte[XendImageFormat.ContextSize]);
        // The frames that hold the guest's own table; an embedded guest has its pages in order.
        for (int first = 0; first < pages; first += XendImageFormat.FramesPerPage)
        {
            Word(stream, (ulong)first);
        }
    }

    private static ulong WritePages(Stream stream, GuestMemory memory)
    {
        XxHash3 hash = new();
        for (int first = 0; first < memory.Pages; first += XendImageFormat.MostPagesInBatch)
        {
            int count = Math.Min(XendImageFormat.MostPagesInBatch, memory.Pages - first);
            Int32(stream, count);
            for (int pfn = first; pfn < first + count; pfn++)
            {
                Word(stream, (ulong)pfn);
            }

            Span<byte> pages = memory.PagesFrom(first, count);
            hash.Append(pages);
            stream.Write(pages);
        }

        Int32(stream, 0);
        return hash.GetCurrentHashAsUInt64();
    }

    private static void WriteTail(Stream stream, EmbeddedGuest guest, ulong checksum)
    {
        // No pages that were not in the guest's table.
        Int32(stream, 0);
        byte[] context = new byte[XendImageFormat.ContextSize];
        guest.Cpu.Registers.ToBytes().CopyTo(context, 0);
        stream.Write(context);

        byte[] sharedInfo = new byte[GuestMemory.PageSize];
        XendImageFormat.ChecksumMark.CopyTo(sharedInfo, XendImageFormat.ChecksumOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(
            sharedInfo.AsSpan(XendImageFormat.ChecksumOffset + XendImageFormat.ChecksumMark.Length), checksum);
        stream.Write(sharedInfo);
    }

    private static void Word(Stream stream, ulong value)
    {
        Span<byte> bytes = stackalloc byte[XendImageFormat.WordSize];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Int32(Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
