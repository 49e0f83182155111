using System.Buffers.Binary;
using System.IO;
using XenMigrate.Embedded.Guests;
using XenMigrate.Embedded.PreCopy;

namespace XenMigrate.Tests.PreCopy;

/// <summary>All that a source says in a small move, and where its frames are, the preamble not among them.</summary>
internal sealed class RecordedStream : IDisposable
{
    private readonly MemoryStream _stream = new();

    public RecordedStream(Random random, int pages)
    {
        Memory = new GuestMemory(pages);
        int[] order = [.. Enumerable.Range(0, pages)];
        foreach (int pfn in order.Where(_ => random.Next(3) > 0))
        {
            random.NextBytes(Memory.Page(pfn));
        }

        FrameWriter frames = new();
        VirtualRegisters registers = new(new GuestWorkload(pages, 0), 0, 0);
        PageHashes hashes = new(pages);
        GuestIdentity identity = new("fuzz", Guid.NewGuid(), "(domain)");
        _stream.Write(WireFormat.Preamble);
        Add(frames.Begin(new IncomingGuest(identity, pages, registers), Guid.NewGuid(), 1, leavePaused: true));
        foreach (int[] batch in order.Chunk(random.Next(1, 17)))
        {
            AddPages(frames, hashes, batch, 0, false);
        }

        Add(frames.RoundEnd(0));
        int again = random.Next(1, pages);
        Memory.Page(again).Fill((byte)random.Next(256));
        AddPages(frames, hashes, [again], 1, true);
        Add(frames.RoundEnd(1));
        Add(frames.State(registers, hashes.Digest(registers)));
        Add(frames.Commit());
        Bytes = _stream.ToArray();
    }

    public byte[] Bytes { get; }

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
        Memory.Dispose();
        _stream.Dispose();
    }

    private void Add(ReadOnlySpan<byte> frame)
    {
        Frames.Add((int)_stream.Length);
        _stream.Write(frame);
    }

    private void AddPages(FrameWriter frames, PageHashes hashes, int[] batch, int round, bool paused)
    {
        int[] withData = new int[batch.Length];
        Add(frames.Pages(Memory, hashes, batch, round, paused, withData, out int dataPages));
        foreach (int pfn in withData[..dataPages])
        {
            _stream.Write(Memory.Page(pfn));
        }
    }
}
