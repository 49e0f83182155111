namespace XenMigrate.Tests.Framing;

public class FramingTests
{
    // Bytes as memory has them: some of any kind, some that repeat, some that are zero.
    private static readonly Gen<byte[]> s_part = Gen.OneOf(
        Gen.Byte.Array[0, 3000],
        Gen.Select(Gen.Byte, Gen.Int[0, 20_000]).Select((value, length) => Enumerable.Repeat(value, length).ToArray()),
        Gen.Int[0, 300_000].Select(length => new byte[length]));

    private static readonly Gen<byte[][]> s_parts = s_part.Array[0, 6];

    private static readonly Gen<(int? LeastZeros, bool Packed)> s_way =
        Gen.Select(Gen.OneOf(Gen.Const((int?)null), Gen.Const<int?>(64), Gen.Const<int?>(4096), Gen.Const<int?>(65536)), Gen.Bool);

    [Fact]
    public void Whatever_is_framed_comes_out_as_it_was_however_it_was_split() =>
        Gen.Select(s_parts, s_way).Sample(
            (parts, route) =>
            {
                byte[] received = Streams.Unframe(Streams.Frame(parts, route.LeastZeros, route.Packed));

                // As spans: Assert.Equal looks at a megabyte byte by byte, and takes most of a second for it.
                Assert.True(received.AsSpan().SequenceEqual((byte[])[.. parts.SelectMany(part => part)]));
            },
            iter: 100);

    [Fact]
    public void A_flipped_bit_is_refused_and_nothing_behind_it_comes_out() =>
        Gen.Select(s_part.Array[1, 3], s_way, Gen.Double[0, 1], Gen.Int[0, 7]).Sample(
            (parts, route, where, bit) =>
            {
                byte[] wire = Streams.Frame(parts, route.LeastZeros, route.Packed);
                wire[(int)(where * (wire.Length - 1))] ^= (byte)(1 << bit);

                AssertRefused(parts, wire);
            },
            iter: 300);

    [Fact]
    public void A_stream_that_ends_early_is_refused_wherever_it_does() =>
        Gen.Select(s_part.Array[1, 3], s_way, Gen.Double[0, 1]).Sample(
            (parts, route, where) =>
            {
                byte[] wire = Streams.Frame(parts, route.LeastZeros, route.Packed);

                AssertRefused(parts, wire[..(int)(where * (wire.Length - 1))]);
            },
            iter: 150);

    [Fact]
    public void Frames_in_another_order_are_refused()
    {
        byte[] wire = Streams.Frame([new byte[100], new byte[100]], null, packed: false);
        byte[] first = wire[8..121];
        byte[] second = wire[121..234];

        _ = Streams.Unframe([.. wire[..8], .. second, .. first, .. wire[234..]], out StreamDamagedException? error);

        Assert.NotNull(error);
    }

    [Fact]
    public void Pages_of_zeros_take_next_to_nothing()
    {
        byte[] wire = Streams.Frame([new byte[1024 * 1024]], 4096, packed: false);

        Assert.InRange(wire.Length, 1, 200);
    }

    [Fact]
    public void Bytes_that_can_not_be_packed_are_sent_as_they_are()
    {
        byte[] bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);

        Assert.InRange(Streams.Frame([bytes], 4096, packed: true).Length, bytes.Length, bytes.Length + 100);
    }

    /// <summary>What came out is the beginning of what was sent, and not all of it: the last frame stays behind.</summary>
    private static void AssertRefused(byte[][] parts, byte[] wire)
    {
        byte[] sent = [.. parts.SelectMany(part => part)];
        byte[] delivered = Streams.Unframe(wire, out StreamDamagedException? error);

        Assert.NotNull(error);
        Assert.True(sent.AsSpan().StartsWith(delivered));
        Assert.True(delivered.Length < sent.Length || sent.Length == 0);
    }
}
