using System.Numerics;
using System.Runtime.CompilerServices;

namespace XenMigrate.Embedded.Guests;

/// <summary>Which pages were written since the last harvest, a bit each. The writer stores first and marks second.</summary>
internal sealed class DirtyBitmap
{
    // Pinned, so that the writer's hot loop needs no check of bounds.
    private readonly long[] _words;
    private readonly int _pages;

    public DirtyBitmap(int pages)
    {
        _pages = pages;
        _words = GC.AllocateArray<long>(WordsFor(pages), pinned: true);
    }

    /// <summary>How many words <see cref="Harvest"/> fills, of 64 pages each.</summary>
    public int Words => _words.Length;

    public static int WordsFor(int pages) => (pages + 63) / 64;

    /// <summary>
    /// Marks a page that was written. The test spares the hot page the locked instruction; what the processor's store
    /// buffer could make of that, <see cref="Harvest"/> prevents.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(int pfn)
    {
        ref long word = ref _words[pfn >> 6];
        long bit = 1L << (pfn & 63);
        if ((Volatile.Read(ref word) & bit) == 0)
        {
            _ = Interlocked.Or(ref word, bit);
        }
    }

    /// <summary>Adds the marks to a set of pages and clears them. The pages may be read only afterwards.</summary>
    public void Harvest(Span<long> into)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            if (Volatile.Read(ref _words[i]) != 0)
            {
                into[i] |= Interlocked.Exchange(ref _words[i], 0);
            }
        }

        // A writer that saw its bit still set did not set it again, and its store may not have left its processor:
        // after this barrier it has, so the page read later holds it.
        Interlocked.MemoryBarrierProcessWide();
    }

    /// <summary>How many pages are marked now.</summary>
    public int Count() => Count(_words);

    /// <summary>How many pages a set holds.</summary>
    public static int Count(ReadOnlySpan<long> words)
    {
        int count = 0;
        foreach (long word in words)
        {
            count += BitOperations.PopCount((ulong)word);
        }

        return count;
    }

    /// <summary>A set of all the pages.</summary>
    public void FillAll(Span<long> words)
    {
        words.Fill(-1);
        if ((_pages & 63) != 0)
        {
            words[^1] = (1L << (_pages & 63)) - 1;
        }
    }

    /// <summary>Lists the pages of a set, in order, and returns how many there are.</summary>
    public static int List(ReadOnlySpan<long> words, Span<int> into)
    {
        int count = 0;
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong word = (ulong)words[i]; word != 0; word &= word - 1)
            {
                into[count++] = (i * 64) + BitOperations.TrailingZeroCount(word);
            }
        }

        return count;
    }
}
