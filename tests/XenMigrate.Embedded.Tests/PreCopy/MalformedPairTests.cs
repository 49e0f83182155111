namespace XenMigrate.Tests.PreCopy;

/// <summary>Malformed streams over two connections, of which one or both are damaged.</summary>
public class MalformedPairTests
{
    private const int Workers = 4;

    private static readonly int s_pairs = Depth.Of(onCI: 2_000, elsewhere: 400);

    // Whoever waits for a connection that never joined gives up soon.
    private static readonly TransferTimes s_impatient = new() { Silence = TimeSpan.FromMilliseconds(2) };

    [Fact]
    public void Two_streams_as_they_were_recorded_are_taken()
    {
        using RecordedStream stream = new(new Random(1), 32, connections: 2);
        using FakeDestination destination = new(stream.Memory);
        using PairedWires wires = new(stream.Bytes, stream.Second!.Bytes);

        Assert.Null(wires.Receive(destination, new TransferTimes()).First);
        Assert.Equal((1, 0, true), (destination.Activated, destination.Abandoned, destination.SameAtPause));
    }

    [Fact]
    public void Malformed_pairs_are_refused_or_do_no_harm()
    {
        int taken = 0;

        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Workers }, worker =>
        {
            Random random = new(20261124 + worker);
            for (int base_ = 0; base_ < s_pairs / Workers / 50; base_++)
            {
                using RecordedStream stream = new(random, random.Next(8, 65), connections: 2);
                for (int i = 0; i < 50; i++)
                {
                    if (!IsRefused(stream, random))
                    {
                        _ = Interlocked.Increment(ref taken);
                    }
                }
            }
        });

        // What does no harm is a page that was damaged, and then sent again.
        Assert.InRange(taken, 0, s_pairs / 5);
    }

    [Fact]
    public void A_token_of_another_transfer_joins_nothing()
    {
        using RecordedStream stream = new(new Random(1), 8, connections: 2);
        using RecordedStream other = new(new Random(2), 8, connections: 2);
        using FakeDestination destination = new(stream.Memory);
        using PairedWires wires = new(stream.Bytes, other.Second!.Bytes);

        (string? first, string? second) = wires.Receive(destination, s_impatient);

        Assert.Contains("no such transfer", second, StringComparison.Ordinal);
        Assert.NotNull(first);
        Assert.Equal((0, 1), (destination.Activated, destination.Abandoned));
    }

    /// <summary>True if it was refused; false if it did no harm. Anything else fails.</summary>
    private static bool IsRefused(RecordedStream stream, Random random)
    {
        string how = "whole";
        string howSecond = "whole";
        int which = random.Next(3);
        byte[] first = which == 1 ? stream.Bytes : StreamDamage.Of(stream, random, out how);
        byte[] second = which == 0 ? stream.Second!.Bytes : StreamDamage.Of(stream.Second!, random, out howSecond);
        string what = $"first: {how}; second: {howSecond}";
        using FakeDestination destination = new(stream.Memory) { FreePages = 128 };
        using PairedWires wires = new(first, second);

        (string? refusal, string? _) = wires.Receive(destination, s_impatient);

        Assert.True(destination.Reserved == destination.Activated + destination.Abandoned, $"{what}: {refusal}");
        Assert.True(refusal is null == (destination.Activated == 1), $"{what}: {refusal}");
        Assert.True(refusal is not null || destination.SameAtPause == true, what);
        return refusal is not null;
    }
}
