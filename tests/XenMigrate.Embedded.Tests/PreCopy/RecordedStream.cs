namespace XenMigrate.Tests.PreCopy;

/// <summary>All that a source says in a small move, and where its frames are, the preamble not among them.</summary>
/// <remarks>With two connections this is the first one, and the second one has half of the pages.</remarks>
internal sealed class RecordedStream : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly WireWriter _frames = new();

    public RecordedStream(Random random, int pages, int connections = 1)
    {
        Memory = new GuestMemory(pages);
        Second = connections == 2 ? new RecordedStream(Memory) : null;
        int[] order = [.. Enumerable.Range(0, pages)];
        foreach (int pfn in order.Where(_ => random.Next(3) > 0))
        {
            random.NextBytes(Memory.Page(pfn));
        }

        VirtualRegisters registers = new(new GuestWorkload(pages, 0), 0, 0);
        PageHashes hashes = new(pages);
        DomainIdentity identity = new("fuzz", Guid.NewGuid(), "(domain)");
        Guid token = Guid.NewGuid();
        _stream.Write(WireFormat.Preamble);
        Add(_frames.Begin(new IncomingGuest(identity, pages, registers), token, connections, leavePaused: true));
        Second?.Add(Second._frames.Join(token));
        RecordedStream[] both = Second is null ? [this] : [this, Second];
        foreach (int[] batch in order.Chunk(random.Next(1, 17)))
        {
            both[random.Next(both.Length)].AddPages(hashes, batch, 0, false);
        }

        Array.ForEach(both, stream => stream.Add(stream._frames.RoundEnd(0)));
        int again = random.Next(1, pages);
        Memory.Page(again).Fill((byte)random.Next(256));
        both[random.Next(both.Length)].AddPages(hashes, [again], 1, true);
        Array.ForEach(both, stream => stream.Add(stream._frames.RoundEnd(1)));
        Add(_frames.State(registers, hashes.Digest(registers)));
        Add(_frames.Commit());
        Array.ForEach(both, stream => stream.Bytes = stream._stream.ToArray());
    }

    private RecordedStream(GuestMemory memory)
    {
        Memory = memory;
        _stream.Write(WireFormat.Preamble);
    }

    public byte[] Bytes { get; private set; } = [];

    /// <summary>What goes over the second connection; null if there is but one.</summary>
    public RecordedStream? Second { get; }

    public GuestMemory Memory { get; }

    /// <summary>Where each frame begins; a batch's pages belong to it.</summary>
    public List<int> Frames { get; } = [];

    public int End(int frame) => frame + 1 < Frames.Count ? Frames[frame + 1] : Bytes.Length;

    /// <summary>Makes a frame's check right again after it was changed.</summary>
    public static void Seal(Span<byte> frame)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(frame[4..]);
        if (length >= 0 && length <= frame.Length - WireFormat.HeaderSize)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(
                frame[16..], FrameHash.Of(frame[..16], frame.Slice(WireFormat.HeaderSize, length)));
        }
    }

    public void Dispose()
    {
        Second?.Dispose();
        Memory.Dispose();
        _stream.Dispose();
    }

    private void Add(ReadOnlySpan<byte> frame)
    {
        Frames.Add((int)_stream.Length);
        _stream.Write(frame);
    }

    private void AddPages(PageHashes hashes, int[] batch, int round, bool paused)
    {
        int[] withData = new int[batch.Length];
        Add(_frames.Pages(Memory, hashes, batch, round, paused, withData, out int dataPages));
        foreach (int pfn in withData[..dataPages])
        {
            _stream.Write(Memory.Page(pfn));
        }
    }
}
