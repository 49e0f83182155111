using System.Runtime.CompilerServices;

namespace XenMigrate.SaveHelper.Libxl;

/// <summary>
/// A message to libxl, as it is put together: the body's length, the message's number, packed parameters, all in the
/// machine's own order of bytes. Text that does not fit is cut off.
/// </summary>
internal ref struct Message
{
    private const int LongestText = 8192;

    private readonly Span<byte> _room;
    private int _length;

    public Message(Span<byte> room, MessageKind kind)
    {
        _room = room;
        _length = sizeof(ushort);
        Put((ushort)kind);
    }

    /// <summary>A buffer of this size holds any message: two texts and a few numbers.</summary>
    public static int LongestMessage => (2 * LongestText) + 64;

    public void Put<T>(T number)
        where T : unmanaged
    {
        MemoryMarshal.Write(_room[_length..], in number);
        _length += Unsafe.SizeOf<T>();
    }

    public void Put(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, LongestText)];
        Put((uint)text.Length + 1);
        text.CopyTo(_room[_length..]);
        _length += text.Length;
        _room[_length++] = 0;
    }

    public readonly ReadOnlySpan<byte> Finish()
    {
        ushort body = (ushort)(_length - sizeof(ushort));
        MemoryMarshal.Write(_room, in body);
        return _room[.._length];
    }
}
