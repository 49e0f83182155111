namespace XenMigrate.Embedded.PreCopy;

/// <summary>One connection of a transfer, at the source.</summary>
internal sealed class OutgoingConnection(Wire wire) : IDisposable
{
    private readonly int[] _withData = new int[WireFormat.BatchPages];

    public Wire Wire => wire;

    /// <summary>Its frames, in the order in which they are sent.</summary>
    public WireWriter Frames { get; } = new();

    /// <summary>xend's dialogue.</summary>
    public void Open()
    {
        wire.WriteLine("receive");
        Expect(Replies.ReadyToReceive);
        wire.Write(WireFormat.Preamble);
    }

    /// <summary>Sends pages, and returns how many bytes that took.</summary>
    public long SendBatch(GuestMemory memory, PageHashes hashes, ReadOnlySpan<int> pages, int round, bool paused)
    {
        ReadOnlySpan<byte> head = Frames.Pages(memory, hashes, pages, round, paused, _withData, out int dataPages);
        wire.WritePages(head, memory, _withData.AsSpan(0, dataPages));
        return head.Length + ((long)dataPages * GuestMemory.PageSize);
    }

    public void EndRound(int round) => wire.Write(Frames.RoundEnd(round));

    /// <summary>Returns when the destination has worked off all that was sent.</summary>
    public void Mark()
    {
        wire.Write(Frames.Mark());
        Expect(Replies.Mark);
    }

    public void Expect(string answer) => Replies.Expect(wire, answer);

    public void Dispose() => wire.Dispose();
}
