namespace XenMigrate.Tests.PreCopy;

/// <summary>A connection whose other end said everything already, and does not listen.</summary>
internal class MemoryWire(ReadOnlyMemory<byte> said) : Wire
{
    private int _at;

    public override int ReadSome(Span<byte> into)
    {
        int count = Math.Min(into.Length, said.Length - _at);
        said.Span.Slice(_at, count).CopyTo(into);
        _at += count;
        return count;
    }

    public override void Write(ReadOnlySpan<byte> bytes) => Wrote(bytes.Length);

    public override void SetTimeout(TimeSpan timeout)
    {
    }

    public override void EndWriting()
    {
    }

    public override void Abort()
    {
    }

    public override void Dispose() => GC.SuppressFinalize(this);
}
