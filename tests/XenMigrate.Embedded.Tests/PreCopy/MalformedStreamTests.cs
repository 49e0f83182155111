namespace XenMigrate.Tests.PreCopy;

public class MalformedStreamTests
{
    private const int Workers = 4;

    private static readonly int s_streams = Depth.Of(onCI: 110_000, elsewhere: 11_000);

    private static readonly TransferTimes s_times = new() { Silence = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public void The_stream_as_it_was_recorded_is_taken()
    {
        using RecordedStream stream = new(new Random(1), 32);
        using FakeDestination destination = new(stream.Memory);

        Assert.Null(Receive(stream.Bytes, destination));
        Assert.Equal((1, 0, true), (destination.Activated, destination.Abandoned, destination.SameAtPause));
    }

    [Fact]
    public void Malformed_streams_are_refused_by_the_thousand()
    {
        int healed = 0;
        int refused = 0;
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Workers }, worker =>
        {
            Random random = new(20261123 + worker);
            for (int base_ = 0; base_ < s_streams / Workers / 50; base_++)
            {
                using RecordedStream stream = new(random, random.Next(10) == 0 ? random.Next(8, 65) : random.Next(8, 16));
                for (int i = 0; i < 50; i++)
                {
                    _ = Check(stream, random) ? Interlocked.Increment(ref refused) : Interlocked.Increment(ref healed);
                }
            }
        });

        // A page that was damaged, and then sent again anyway, does no harm.
        Assert.True(refused >= s_streams * 10 / 11, $"{refused} refused, {healed} healed");
    }

    [Fact]
    public void An_absurd_size_reserves_nothing()
    {
        using RecordedStream stream = new(new Random(1), 8);
        byte[] bytes = [.. stream.Bytes];
        Span<byte> begin = bytes.AsSpan(stream.Frames[0]);
        BinaryPrimitives.WriteInt32LittleEndian(begin[(WireFormat.HeaderSize + 32)..], int.MaxValue);
        RecordedStream.Seal(begin);
        using FakeDestination destination = new();

        Assert.Contains("a guest of 2147483647 pages", Receive(bytes, destination), StringComparison.Ordinal);
        Assert.Equal(0, destination.Reserved);
    }

    /// <summary>True if it was refused; false if it did no harm. Anything else fails.</summary>
    private static bool Check(RecordedStream stream, Random random)
    {
        byte[] bytes = StreamDamage.Of(stream, random, out string how);
        using FakeDestination destination = new(stream.Memory) { FreePages = 128 };
        long before = GC.GetAllocatedBytesForCurrentThread();

        string? refusal = Receive(bytes, destination);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2 * WireFormat.LongestBody, how);
        Assert.Equal(destination.Reserved, destination.Activated + destination.Abandoned);
        if (refusal is null)
        {
            Assert.True(destination is { Activated: 1, SameAtPause: true }, how);
            return false;
        }

        Assert.True(refusal.Length > 10 && destination.Activated == 0, $"{how}: {refusal}");
        return true;
    }

    private static string? Receive(byte[] bytes, FakeDestination destination)
    {
        using MemoryWire wire = new(bytes);
        return new PreCopyReceiver(wire, destination, new IncomingTransfers(), s_times).Run();
    }
}
