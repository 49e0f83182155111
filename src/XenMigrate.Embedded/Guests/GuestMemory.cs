namespace XenMigrate.Embedded.Guests;

/// <summary>
/// A guest's memory: native, page-aligned, all zeros and all touched from the start, so that no page fault comes later.
/// It is freed when its owner disposed of it and nobody has a <see cref="Lease"/> on it any more.
/// </summary>
internal sealed unsafe partial class GuestMemory : IDisposable
{
    public const int PageSize = 4096;

    /// <summary>4 GiB: more is a mistake, or somebody's malice.</summary>
    public const int MostPages = 1 << 20;

    // MADV_HUGEPAGE
    private const int HugePages = 14;

    private byte* _address;
    private int _leases = 1;
    private int _disposed;

    public GuestMemory(int pages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pages, MostPages);
        Pages = pages;
        Dirty = new DirtyBitmap(pages);
        _address = (byte*)NativeMemory.AlignedAlloc((nuint)Bytes, PageSize);
        if (OperatingSystem.IsLinux())
        {
            // Else the first touch of each page is a fault of its own, and they take longer than a move of the guest.
            _ = madvise(_address, (nuint)Bytes, HugePages);
        }

        NativeMemory.Clear(_address, (nuint)Bytes);
    }

    ~GuestMemory() => Free();

    public int Pages { get; }

    public long Bytes => (long)Pages * PageSize;

    /// <summary>The pages written since the last harvest. Who writes a page marks it, afterwards.</summary>
    public DirtyBitmap Dirty { get; }

    /// <summary>The first byte's address; to be used under a lease only.</summary>
    public byte* Address => _address;

    public Span<byte> Page(int pfn)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)pfn, (uint)Pages);
        ObjectDisposedException.ThrowIf(_address == null, this);
        return new Span<byte>(_address + ((long)pfn * PageSize), PageSize);
    }

    /// <summary>Consecutive pages as one span, at most 2 GiB less a page.</summary>
    public Span<byte> PagesFrom(int pfn, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pfn);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)pfn + count, Pages);
        ObjectDisposedException.ThrowIf(_address == null, this);
        return new Span<byte>(_address + ((long)pfn * PageSize), checked(count * PageSize));
    }

    /// <summary>Keeps the memory until the lease is disposed of, whatever its owner does meanwhile.</summary>
    public Lease Use()
    {
        int leases;
        do
        {
            leases = Volatile.Read(ref _leases);
            ObjectDisposedException.ThrowIf(leases == 0, this);
        }
        while (Interlocked.CompareExchange(ref _leases, leases + 1, leases) != leases);

        return new Lease(this);
    }

    /// <summary>A hash of every byte.</summary>
    public ulong Hash()
    {
        using Lease lease = Use();
        XxHash3 hash = new();
        for (int pfn = 0; pfn < Pages; pfn++)
        {
            hash.Append(Page(pfn));
        }

        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Whether another memory holds the same, byte for byte.</summary>
    public bool ContentEquals(GuestMemory other)
    {
        using Lease lease = Use();
        using Lease otherLease = other.Use();
        for (int pfn = 0; pfn < Pages; pfn++)
        {
            if (other.Pages != Pages || !Page(pfn).SequenceEqual(other.Page(pfn)))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Release();
        }

        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0)
        {
            Free();
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
    }

    [LibraryImport("libc")]
    private static partial int madvise(void* address, nuint length, int advice);

    /// <summary>Somebody's use of the memory.</summary>
    public sealed class Lease(GuestMemory memory) : IDisposable
    {
        private GuestMemory? _memory = memory;

        public void Dispose() => Interlocked.Exchange(ref _memory, null)?.Release();
    }
}
