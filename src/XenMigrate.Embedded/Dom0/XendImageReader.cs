using System.Collections;

namespace XenMigrate.Embedded.Dom0;

/// <summary>Reads an image back. What is no whole image is a <see cref="XendException"/>.</summary>
internal sealed class XendImageReader : IDisposable
{
    private readonly Stream _stream;

    /// <summary>Reads the configuration; the rest waits for a guest to read it into.</summary>
    public XendImageReader(Stream stream)
    {
        _stream = stream;
        try
        {
            byte[] magic = Bytes(XendImageFormat.Magic.Length);
            if (!magic.SequenceEqual(XendImageFormat.Magic))
            {
                throw new XendException("not a valid guest state file: found '" + Shown(magic) + "'");
            }

            int length = BinaryPrimitives.ReadInt32BigEndian(Bytes(4));
            Configuration = length is > 0 and <= XendImageFormat.MostConfigurationBytes
                ? DomainSxp.Parse(Encoding.UTF8.GetString(Bytes(length)))
                : throw new XendException("not a valid guest state file: config size read");
        }
        catch (XendException)
        {
            stream.Dispose();
            throw;
        }
    }

    public DomainConfiguration Configuration { get; }

    /// <summary>Fills a guest's memory and processor.</summary>
    public void ReadInto(EmbeddedGuest guest)
    {
        ReadHead(guest.Memory.Pages);
        ReadPages(guest.Memory);
        ReadTail(guest);
    }

    public void Dispose() => _stream.Dispose();

    private void ReadHead(int pages)
    {
        Require(Word() == (ulong)pages, "the memory's size differs from the configuration");
        Require(Word() == ulong.MaxValue, "no extended info");
        Require(Int32() == 8 + XendImageFormat.ContextSize, "extended info of another size");
        Require(Bytes(4).SequenceEqual(XendImageFormat.ContextBlock), "no vcpu block");
        Require(Int32() == XendImageFormat.ContextSize, "not the context of a 64-bit guest");
        _ = Bytes(XendImageFormat.ContextSize);
        _ = Bytes((pages + XendImageFormat.FramesPerPage - 1) / XendImageFormat.FramesPerPage * XendImageFormat.WordSize);
    }

    private void ReadPages(GuestMemory memory)
    {
        BitArray seen = new(memory.Pages);
        int found = 0;
        for (int count = Int32(); count != 0; count = Int32())
        {
            Require(count is > 0 and <= XendImageFormat.MostPagesInBatch, $"a batch of {count} pages");
            ulong[] frames = [.. Enumerable.Range(0, count).Select(_ => Word())];
            foreach (ulong frame in frames)
            {
                Require(frame < (ulong)memory.Pages && !seen[(int)frame], $"page {frame} is out of range or there twice");
                seen[(int)frame] = true;
                found++;
                Fill(memory.Page((int)frame));
            }
        }

        Require(found == memory.Pages, $"only {found} of {memory.Pages} pages");
    }

    private void ReadTail(EmbeddedGuest guest)
    {
        int unmapped = Int32();
        Require(unmapped is >= 0 and <= GuestMemory.MostPages, $"{unmapped} unmapped pages");
        _ = Bytes(unmapped * XendImageFormat.WordSize);
        byte[] context = Bytes(XendImageFormat.ContextSize);
        guest.Cpu.Registers = VirtualRegisters.Parse(context.AsSpan(0, VirtualRegisters.Size))
            ?? throw new XendException("the processor's context is none");

        byte[] sharedInfo = Bytes(GuestMemory.PageSize);
        ReadOnlySpan<byte> rest = sharedInfo.AsSpan(XendImageFormat.ChecksumOffset);
        if (rest.StartsWith(XendImageFormat.ChecksumMark))
        {
            XxHash3 hash = new();
            for (int pfn = 0; pfn < guest.Memory.Pages; pfn++)
            {
                hash.Append(guest.Memory.Page(pfn));
            }

            Require(
                hash.GetCurrentHashAsUInt64() == BinaryPrimitives.ReadUInt64LittleEndian(rest[XendImageFormat.ChecksumMark.Length..]),
                "the memory is not what was saved");
        }
    }

    private ulong Word()
    {
        Span<byte> bytes = stackalloc byte[XendImageFormat.WordSize];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private int Int32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    private void Fill(Span<byte> bytes)
    {
        try
        {
            _stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException)
        {
            throw new XendException("not a valid guest state file: it ends too early");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new XendException($"not a valid guest state file: {otherwise}");
        }
    }

    private static string Shown(byte[] bytes) => new([.. bytes.Select(b => b is >= 0x20 and < 0x7f ? (char)b : '.')]);
}
