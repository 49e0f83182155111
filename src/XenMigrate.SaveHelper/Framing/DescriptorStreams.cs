namespace XenMigrate.SaveHelper.Framing;

/// <summary>Reads a descriptor, and not a byte more than asked for.</summary>
internal sealed class DescriptorSource(int descriptor) : IByteSource
{
    public bool Fill(Span<byte> into) => Descriptors.ReadAll(descriptor, into);
}

/// <summary>Writes a descriptor.</summary>
internal sealed class DescriptorSink(int descriptor) : IByteSink
{
    public int Write(ReadOnlySpan<byte> bytes) =>
        Descriptors.WriteAll(descriptor, bytes) ? 0 : Marshal.GetLastPInvokeError();
}
