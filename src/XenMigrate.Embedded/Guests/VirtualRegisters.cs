namespace XenMigrate.Embedded.Guests;

/// <summary>What a guest's processor knows that its memory does not hold: where in its work it is.</summary>
/// <param name="Cursor">The page to write next, counted within the working set.</param>
/// <param name="Written">Pages written so far; the value that the next one gets.</param>
internal sealed record VirtualRegisters(GuestWorkload Workload, long Cursor, long Written)
{
    public const int Size = 32;

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Workload.WorkingSetPages);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Workload.DirtyBytesPerSecond);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Cursor);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Written);
        return bytes;
    }

    /// <summary>Reads them back; null if they can't be a processor's.</summary>
    public static VirtualRegisters? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            return null;
        }

        long workingSet = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        long rate = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        long cursor = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        long written = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]);
        return workingSet is < 0 or > GuestMemory.MostPages || rate < 0 || cursor < 0 || written < 0
            ? null
            : new VirtualRegisters(new GuestWorkload((int)workingSet, rate), cursor, written);
    }
}
