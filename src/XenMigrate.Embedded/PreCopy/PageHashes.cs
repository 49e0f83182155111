namespace XenMigrate.Embedded.PreCopy;

/// <summary>The hash of every page as it was sent or received last; so the digest of the whole costs next to nothing.</summary>
internal sealed class PageHashes(int pages)
{
    private readonly ulong[] _hashes = new ulong[pages];

    /// <summary>The hash of a page of zeros.</summary>
    public static ulong Zero { get; } = XxHash3.HashToUInt64(new byte[GuestMemory.PageSize]);

    public ulong this[int pfn]
    {
        get => _hashes[pfn];
        set => _hashes[pfn] = value;
    }

    /// <summary>The digest of all pages and the registers.</summary>
    public ulong Digest(VirtualRegisters registers)
    {
        XxHash3 hash = new();
        hash.Append(MemoryMarshal.AsBytes(_hashes.AsSpan()));
        hash.Append(registers.ToBytes());
        return hash.GetCurrentHashAsUInt64();
    }
}
