namespace XenMigrate.SaveHelper.Native;

/// <summary>What a thread waits on beside a descriptor: once rung, it stays so until it is cleared.</summary>
internal sealed unsafe class Wake : IDisposable
{
    public Wake()
    {
        Descriptor = Libc.EventDescriptor(0, OpenFlags.CloseOnExec);
        if (Descriptor < 0)
        {
            throw new InvalidOperationException("there is no eventfd: error " + Marshal.GetLastPInvokeError());
        }
    }

    public int Descriptor { get; }

    public void Ring()
    {
        long one = 1;
        _ = Libc.Write(Descriptor, &one, sizeof(long));
    }

    public void Clear()
    {
        long count;
        _ = Libc.Read(Descriptor, &count, sizeof(long));
    }

    /// <summary>Waits for the descriptor or the bell; at most so long, or for ever if negative. Whether the bell rang.</summary>
    public bool WaitWith(int descriptor, short events, int milliseconds)
    {
        PollEntry* entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = Descriptor, Wanted = PollEvents.Readable };
        entries[1] = new PollEntry { Descriptor = descriptor, Wanted = events };
        return Libc.Poll(entries, 2, milliseconds) > 0 && entries[0].Seen != 0;
    }

    public void Dispose() => _ = Libc.Close(Descriptor);
}
