namespace XenMigrate.Benchmarks;

/// <summary>The baseline: memory to memory over a socket, 1 MiB a call, and nothing else.</summary>
internal static class PlainTransfer
{
    private const int PagesPerCall = 256;

    /// <summary>Sends so many pages, and returns the seconds until the other end said that they arrived.</summary>
    public static double Send(IPEndPoint receiver, GuestMemory memory, int pages)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        long start = Stopwatch.GetTimestamp();
        socket.Connect(receiver);
        _ = socket.Send(BitConverter.GetBytes((long)pages * GuestMemory.PageSize));
        for (int pfn = 0; pfn < pages; pfn += PagesPerCall)
        {
            ReadOnlySpan<byte> rest = memory.PagesFrom(pfn, Math.Min(PagesPerCall, pages - pfn));
            while (rest.Length > 0)
            {
                rest = rest[socket.Send(rest)..];
            }
        }

        socket.ReceiveExactly(new byte[1]);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public static void Receive(Socket socket, GuestMemory memory)
    {
        for (int pfn = 0; pfn < memory.Pages; pfn += PagesPerCall)
        {
            socket.ReceiveExactly(memory.PagesFrom(pfn, Math.Min(PagesPerCall, memory.Pages - pfn)));
        }
    }

    public static void ReceiveExactly(this Socket socket, Span<byte> into)
    {
        while (into.Length > 0)
        {
            int count = socket.Receive(into);
            into = count > 0 ? into[count..] : throw new IOException("The other end went away.");
        }
    }
}
