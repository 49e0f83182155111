namespace XenMigrate.Tests.PreCopy;

public class IncomingImageTests
{
    [Fact]
    public void Nothing_is_received_once_the_image_was_verified()
    {
        using GuestMemory memory = new(8);
        using MemoryWire wire = new(Array.Empty<byte>());
        PageHashes hashes = new(8);
        int[] withData = new int[8];
        VirtualRegisters registers = new(GuestWorkload.Idle, 0, 0);
        byte[] body = new WireWriter().Pages(memory, hashes, [0, 1, 2, 3, 4, 5, 6, 7], 0, true, withData, out _)[WireFormat.HeaderSize..].ToArray();
        IncomingImage image = new(memory);
        image.Receive(body, wire, withData);
        image.NextRound();
        image.Verify(registers, hashes.Digest(registers));

        // The round that a verified image is in.
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(8), image.Round);

        Assert.Throws<TransferException>(() => image.Receive(body, wire, withData));
    }
}
