namespace XenMigrate.Embedded.PreCopy;

/// <summary>Linux's sendmsg and recvmsg, since .NET gathers from managed arrays only.</summary>
internal sealed unsafe partial class VectoredSocket
{
    // One for the head, and the kernel's limit is 1024.
    private const int MostVectors = 1024;
    private const int DontSignal = 0x4000;
    private const int WaitForAll = 0x100;
    private const int Interrupted = 4;
    private const int SocketLevel = 1;
    private const int ReceiveTimeout = 20;
    private const int SendTimeout = 21;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int NonBlocking = 0x800;

    private readonly Socket _socket;
    private readonly Vector[] _vectors = GC.AllocateArray<Vector>(MostVectors, pinned: true);
    private readonly Vector[] _readVectors = GC.AllocateArray<Vector>(MostVectors, pinned: true);

    public VectoredSocket(Socket socket)
    {
        _socket = socket;

        // .NET may have made it non-blocking for its own use.
        int flags = fcntl(socket.SafeHandle, GetFlags, 0);
        _ = fcntl(socket.SafeHandle, SetFlags, flags & ~NonBlocking);
    }

    /// <summary>Zero for none.</summary>
    public void SetTimeout(TimeSpan timeout)
    {
        long[] time = timeout <= TimeSpan.Zero ? [0, 0] : [(long)timeout.TotalSeconds, timeout.Ticks % TimeSpan.TicksPerSecond / 10];
        _socket.SetRawSocketOption(SocketLevel, ReceiveTimeout, MemoryMarshal.AsBytes(time.AsSpan()));
        _socket.SetRawSocketOption(SocketLevel, SendTimeout, MemoryMarshal.AsBytes(time.AsSpan()));
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            Vector vector = new(start, (nuint)bytes.Length);
            return (int)Call(&vector, 1, sending: true, DontSignal);
        }
    }

    public int Receive(Span<byte> into)
    {
        fixed (byte* start = into)
        {
            Vector vector = new(start, (nuint)into.Length);
            return (int)Call(&vector, 1, sending: false, 0);
        }
    }

    public void SendPages(ReadOnlySpan<byte> head, GuestMemory memory, ReadOnlySpan<int> pages)
    {
        fixed (byte* start = head)
        {
            _vectors[0] = new Vector(start, (nuint)head.Length);
            int count = 1;
            while (true)
            {
                Fill(_vectors, ref count, memory, ref pages);
                TransferAll(_vectors, count, sending: true);
                if (pages.IsEmpty)
                {
                    return;
                }

                count = 0;
            }
        }
    }

    public void ReceivePages(GuestMemory memory, ReadOnlySpan<int> pages)
    {
        while (!pages.IsEmpty)
        {
            int count = 0;
            Fill(_readVectors, ref count, memory, ref pages);
            TransferAll(_readVectors, count, sending: false);
        }
    }

    /// <summary>One vector for each run of pages that lie side by side.</summary>
    private static void Fill(Vector[] vectors, ref int count, GuestMemory memory, ref ReadOnlySpan<int> pages)
    {
        while (count < vectors.Length && !pages.IsEmpty)
        {
            int run = 1;
            while (run < pages.Length && pages[run] == pages[0] + run)
            {
                run++;
            }

            ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(uint)pages[0] + run, memory.Pages);
            vectors[count++] = new Vector(memory.Address + ((long)pages[0] * GuestMemory.PageSize), (nuint)run * GuestMemory.PageSize);
            pages = pages[run..];
        }
    }

    private void TransferAll(Vector[] vectors, int count, bool sending)
    {
        fixed (Vector* pinned = vectors)
        {
            Vector* first = pinned;
            while (count > 0)
            {
                nuint done = (nuint)Call(first, count, sending, sending ? DontSignal : WaitForAll);
                if (done == 0)
                {
                    throw new SocketException((int)SocketError.ConnectionReset);
                }

                while (count > 0 && done >= first->Length)
                {
                    done -= first->Length;
                    first++;
                    count--;
                }

                if (count > 0)
                {
                    *first = new Vector(first->Start + done, first->Length - done);
                }
            }
        }
    }

    private nint Call(Vector* vectors, int count, bool sending, int flags)
    {
        Message message = new() { Vectors = vectors, Count = (nuint)count };
        while (true)
        {
            nint done = sending ? sendmsg(_socket.SafeHandle, &message, flags) : recvmsg(_socket.SafeHandle, &message, flags);
            if (done >= 0)
            {
                return done;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new SocketException(error switch
                {
                    11 => (int)SocketError.TimedOut,
                    32 or 104 => (int)SocketError.ConnectionReset,
                    110 => (int)SocketError.TimedOut,
                    _ => (int)SocketError.NotConnected,
                });
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendmsg(SafeHandle socket, Message* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(SafeHandle socket, Message* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(SafeHandle socket, int command, int argument);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Vector(byte* start, nuint length)
    {
        public readonly byte* Start = start;
        public readonly nuint Length = length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public void* Name;
        public uint NameLength;
        public Vector* Vectors;
        public nuint Count;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
