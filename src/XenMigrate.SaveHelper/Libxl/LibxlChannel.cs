namespace XenMigrate.SaveHelper.Libxl;

/// <summary>The dialogue with libxl: messages on standard output, their answers on standard input. One thread's own.</summary>
internal sealed class LibxlChannel(Action lost)
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;

    private readonly byte[] _room = new byte[Message.LongestMessage];

    public void Log(int level, int error, string text) => Log(level, error, "xenmigrate"u8, Encoding.UTF8.GetBytes(text));

    public void Log(int level, int error, ReadOnlySpan<byte> context, ReadOnlySpan<byte> text)
    {
        Message message = new(_room, MessageKind.Log);
        message.Put((uint)level);
        message.Put((uint)error);
        message.Put(context);
        message.Put(text);
        _ = Send(message.Finish());
    }

    public void Progress(ReadOnlySpan<byte> context, ReadOnlySpan<byte> what, ulong done, ulong total)
    {
        Message message = new(_room, MessageKind.Progress);
        message.Put(context);
        message.Put(what);
        message.Put(done);
        message.Put(total);
        _ = Send(message.Finish());
    }

    /// <summary>Asks libxl for something without parameters; 0, which is no, if it is gone.</summary>
    public int Ask(MessageKind kind)
    {
        Message message = new(_room, kind);
        return Ask(message) ?? 0;
    }

    public int SwitchQemuLogDirty(uint domain, uint enable)
    {
        Message message = new(_room, MessageKind.SwitchQemuLogDirty);
        message.Put(domain);
        message.Put(enable);
        return Ask(message) ?? -1;
    }

    /// <summary>Says how it ended. Whether libxl took note.</summary>
    public bool Complete(int result, int error)
    {
        Message message = new(_room, MessageKind.Complete);
        message.Put(result);
        message.Put(error);
        return Ask(message) is not null;
    }

    private int? Ask(in Message message)
    {
        Span<byte> answer = stackalloc byte[sizeof(int)];
        if (Send(message.Finish()))
        {
            if (Descriptors.ReadAll(StandardInput, answer))
            {
                return MemoryMarshal.Read<int>(answer);
            }

            lost();
        }

        return null;
    }

    private bool Send(ReadOnlySpan<byte> message)
    {
        bool sent = Descriptors.WriteAll(StandardOutput, message);
        if (!sent)
        {
            lost();
        }

        return sent;
    }
}
