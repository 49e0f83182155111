namespace XenMigrate.Benchmarks;

/// <summary>
/// The destination, in a process of its own: a relocation server, and a socket that takes plain bytes. Its memory is
/// touched once and used again, so that no page fault is measured.
/// </summary>
internal sealed class Receiver : IIncomingGuests, IDisposable
{
    private readonly Dictionary<int, GuestMemory> _memories = [];
    private EmbeddedGuest? _guest;

    public static int Run()
    {
        using Receiver receiver = new();
        using RelocationServer server = new(receiver, _ => true);
        using TcpListener raw = new(IPAddress.Loopback, 0);
        raw.Start();
        new Thread(() => receiver.TakePlainBytes(raw)) { IsBackground = true }.Start();
        Console.WriteLine(FormattableString.Invariant($"{server.Endpoint.Port} {((IPEndPoint)raw.LocalEndpoint).Port}"));

        // The source closes it.
        _ = Console.In.ReadToEnd();
        return 0;
    }

    public EmbeddedGuest Reserve(IncomingGuest guest)
    {
        _guest?.Pause();
        _guest = new EmbeddedGuest(guest.Identity, Memory(guest.Pages), guest.Registers, () => DateTimeOffset.UtcNow);
        return _guest;
    }

    public void Activate(EmbeddedGuest guest, bool paused)
    {
        if (!paused)
        {
            guest.Resume();
        }
    }

    public void Abandon(EmbeddedGuest guest)
    {
        // The memory is used again.
    }

    public void Dispose() => _guest?.Dispose();

    private GuestMemory Memory(int pages)
    {
        if (!_memories.TryGetValue(pages, out GuestMemory? memory))
        {
            _memories[pages] = memory = new GuestMemory(pages);
        }

        return memory;
    }

    /// <summary>A connection's first eight bytes say how many come; one byte back says that they are all here.</summary>
    private void TakePlainBytes(TcpListener listener)
    {
        byte[] length = new byte[sizeof(long)];
        while (true)
        {
            using Socket socket = listener.AcceptSocket();
            socket.NoDelay = true;
            socket.ReceiveExactly(length);
            _guest?.Pause();
            GuestMemory memory = Memory((int)(BitConverter.ToInt64(length) / GuestMemory.PageSize));
            PlainTransfer.Receive(socket, memory);
            _ = socket.Send([1]);
        }
    }
}
