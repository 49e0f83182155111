namespace XenMigrate.Embedded.PreCopy;

/// <summary>What was received of a guest's memory, and what of it may be trusted. Several connections fill it at a time.</summary>
internal sealed class IncomingImage(GuestMemory memory)
{
    private readonly PageHashes _hashes = new(memory.Pages);

    // Up to the round before; this one's are added at its end.
    private readonly long[] _received = new long[DirtyBitmap.WordsFor(memory.Pages)];
    private readonly long[] _thisRound = new long[DirtyBitmap.WordsFor(memory.Pages)];
    private readonly long[] _torn = new long[DirtyBitmap.WordsFor(memory.Pages)];
    private int _round;

    public int Round => Volatile.Read(ref _round);

    /// <summary>Takes a batch: the body of its frame, then its pages from the wire.</summary>
    public void Receive(ReadOnlySpan<byte> body, Wire wire, Span<int> withData)
    {
        (int entries, int dataPages, bool paused) = ReadHead(body);
        ReadOnlySpan<byte> list = body.Slice(WireFormat.PagesHeadSize, entries * sizeof(uint));
        ReadOnlySpan<byte> sums = body[(WireFormat.PagesHeadSize + list.Length)..];

        // Nothing is written before the whole list was found good.
        if (Check(list, withData) != dataPages)
        {
            throw new TransferException("a batch announces another number of pages than it lists");
        }

        Clear(list);
        wire.ReadPages(memory, withData[..dataPages]);
        CheckPages(withData[..dataPages], sums, paused);
    }

    /// <summary>Begins the next round, while no connection receives.</summary>
    public void NextRound()
    {
        for (int i = 0; i < _thisRound.Length; i++)
        {
            _received[i] |= _thisRound[i];
            _thisRound[i] = 0;
        }

        _ = Interlocked.Increment(ref _round);
    }

    /// <summary>Sees that every page is here, intact, and what the source says it is. Nothing is received afterwards.</summary>
    public void Verify(VirtualRegisters registers, ulong digest)
    {
        if (DirtyBitmap.Count(_thisRound) > 0 || Interlocked.Exchange(ref _round, int.MinValue) < 0)
        {
            throw new TransferException("the image is said to be whole in the middle of a round");
        }

        int missing = memory.Pages - DirtyBitmap.Count(_received);
        int torn = DirtyBitmap.Count(_torn);
        if (missing > 0 || torn > 0)
        {
            throw new TransferException($"the image is not whole: {missing} pages are missing, {torn} are damaged");
        }

        if (_hashes.Digest(registers) != digest)
        {
            throw new TransferException("the image's digest is not the source's");
        }
    }

    private (int Entries, int DataPages, bool Paused) ReadHead(ReadOnlySpan<byte> body)
    {
        if (body.Length < WireFormat.PagesHeadSize)
        {
            throw new TransferException("a batch is too short");
        }

        uint entries = BinaryPrimitives.ReadUInt32LittleEndian(body);
        uint dataPages = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(body[12..]);
        int round = Round;
        bool good = round >= 0 && entries is > 0 and <= WireFormat.BatchPages && dataPages <= entries && flags <= WireFormat.GuestPaused
            && body.Length == WireFormat.PagesHeadSize + (entries * sizeof(uint)) + (dataPages * sizeof(ulong))
            && BinaryPrimitives.ReadInt32LittleEndian(body[8..]) == round;
        return good
            ? ((int)entries, (int)dataPages, flags == WireFormat.GuestPaused)
            : throw new TransferException($"a batch announces {entries} pages, {dataPages} of them with data, in {body.Length} bytes");
    }

    /// <summary>Sees that all pages exist and none came before in this round; returns how many have data, and which.</summary>
    private int Check(ReadOnlySpan<byte> list, Span<int> withData)
    {
        int found = 0;
        int word = 0;
        long bits = 0;
        for (int at = 0; at < list.Length; at += sizeof(uint))
        {
            uint entry = BinaryPrimitives.ReadUInt32LittleEndian(list[at..]);
            uint pfn = entry & ~WireFormat.ZeroPage;
            if ((int)(pfn >> 6) != word)
            {
                // One locked instruction for all pages that share a word.
                NoteInRound(word, bits);
                (word, bits) = ((int)(pfn >> 6), 0);
            }

            long bit = 1L << (int)(pfn & 63);
            if (pfn >= memory.Pages || (bits & bit) != 0)
            {
                throw new TransferException($"page {pfn} is out of range, or came twice in a batch");
            }

            bits |= bit;
            if (entry == pfn)
            {
                withData[found++] = (int)pfn;
            }
        }

        NoteInRound(word, bits);
        return found;
    }

    private void NoteInRound(int word, long bits)
    {
        if (bits != 0 && (Interlocked.Or(ref _thisRound[word], bits) & bits) != 0)
        {
            throw new TransferException($"a page after {word * 64} came twice in a round");
        }
    }

    private void Clear(ReadOnlySpan<byte> list)
    {
        for (int at = 0; at < list.Length; at += sizeof(uint))
        {
            uint entry = BinaryPrimitives.ReadUInt32LittleEndian(list[at..]);
            if ((entry & WireFormat.ZeroPage) == 0)
            {
                continue;
            }

            int pfn = (int)(entry & ~WireFormat.ZeroPage);
            Span<byte> page = memory.Page(pfn);
            if (page.ContainsAnyExcept((byte)0))
            {
                page.Clear();
            }

            Took(pfn, PageHashes.Zero);
        }
    }

    private void CheckPages(ReadOnlySpan<int> pages, ReadOnlySpan<byte> sums, bool paused)
    {
        for (int i = 0; i < pages.Length; i++)
        {
            ulong hash = XxHash3.HashToUInt64(memory.Page(pages[i]));
            Took(pages[i], hash);
            if (hash == BinaryPrimitives.ReadUInt64LittleEndian(sums[(i * sizeof(ulong))..]))
            {
                continue;
            }

            if (paused)
            {
                throw new TransferException($"page {pages[i]} was damaged on its way");
            }

            Tear(pages[i]);
        }
    }

    private void Took(int pfn, ulong hash)
    {
        _hashes[pfn] = hash;
        if ((Volatile.Read(ref _torn[pfn >> 6]) & (1L << (pfn & 63))) != 0)
        {
            _ = Interlocked.And(ref _torn[pfn >> 6], ~(1L << (pfn & 63)));
        }
    }

    private void Tear(int pfn) => Interlocked.Or(ref _torn[pfn >> 6], 1L << (pfn & 63));
}
