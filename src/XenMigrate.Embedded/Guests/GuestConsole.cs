namespace XenMigrate.Embedded.Guests;

/// <summary>What a guest wrote to its console: a ring in its own memory, so that it moves with the guest.</summary>
internal sealed class GuestConsole
{
    private const int FirstPage = 2;
    private const int MostPages = 16;
    private const int WrittenOffset = 64;

    private readonly GuestMemory _memory;

    public GuestConsole(GuestMemory memory)
    {
        _memory = memory;
        Pages = Math.Clamp(memory.Pages / 8, 1, MostPages);
    }

    /// <summary>Pages that the ring has, after the first two.</summary>
    public int Pages { get; }

    private int Size => Pages * GuestMemory.PageSize;

    /// <summary>Writes a line; the guest's own thread only.</summary>
    public void WriteLine(string line)
    {
        Span<byte> ring = _memory.PagesFrom(FirstPage, Pages);
        Span<byte> counter = _memory.Page(0).Slice(WrittenOffset, sizeof(long));
        long written = BinaryPrimitives.ReadInt64LittleEndian(counter);
        foreach (byte letter in Encoding.UTF8.GetBytes(line + "\n"))
        {
            int at = (int)((ulong)written++ % (ulong)Size);
            ring[at] = letter;
            _memory.Dirty.Mark(FirstPage + (at / GuestMemory.PageSize));
        }

        BinaryPrimitives.WriteInt64LittleEndian(counter, written);
        _memory.Dirty.Mark(0);
    }

    /// <summary>The whole lines that the ring still holds.</summary>
    public string Read()
    {
        using GuestMemory.Lease lease = _memory.Use();
        long written = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(_memory.Page(0).Slice(WrittenOffset, sizeof(long))));
        int length = (int)Math.Min(written, Size);
        ReadOnlySpan<byte> ring = _memory.PagesFrom(FirstPage, Pages);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = ring[(int)((written - length + i) % Size)];
        }

        // The oldest line of a full ring has lost its beginning.
        int start = length < Size ? 0 : Array.IndexOf(bytes, (byte)'\n') + 1;
        return Encoding.UTF8.GetString(bytes, start, length - start);
    }
}
