using System.Runtime.InteropServices;

namespace XenMigrate.Benchmarks;

/// <summary>A guest at the source whose memory is used for all runs.</summary>
internal sealed class SourceGuest : IDisposable
{
    private readonly GuestMemory _memory;
    private readonly IPEndPoint _destination;

    public SourceGuest(int pages, IPEndPoint destination)
    {
        _memory = new GuestMemory(pages);
        _destination = destination;
    }

    public GuestMemory Memory => _memory;

    /// <summary>Fills those pages, and zeroes the others.</summary>
    public void Fill(Func<int, bool> filled)
    {
        for (int pfn = 0; pfn < _memory.Pages; pfn++)
        {
            if (filled(pfn))
            {
                MemoryMarshal.Cast<byte, ulong>(_memory.Page(pfn)).Fill(0x9E3779B97F4A7C15 + ((ulong)pfn * 6364136223846793005));
            }
            else
            {
                _memory.Page(pfn).Clear();
            }
        }
    }

    /// <summary>Boots it with this work, moves it, and returns how that went and how long it took.</summary>
    public (RelocationResult Result, double Seconds) Move(GuestWorkload workload, PreCopyOptions options, bool live = true)
    {
        EmbeddedGuest guest = Boot(workload);
        guest.Resume();
        long start = Stopwatch.GetTimestamp();
        RelocationResult result = new RelocationClient(Connect, _ => null)
            .SendAsync(guest, options, live, _ => { }, CancellationToken.None).GetAwaiter().GetResult();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        guest.Pause();
        return result.Outcome == RelocationOutcome.Moved
            ? (result, seconds)
            : throw new InvalidOperationException($"The guest did not move: {result.Reason}");
    }

    /// <summary>Sends only those pages, as a later round does, and returns the seconds and the bytes.</summary>
    public (double Seconds, long Bytes) SendRound(Func<int, bool> pages)
    {
        long[] pending = new long[_memory.Dirty.Words];
        for (int pfn = 0; pfn < _memory.Pages; pfn++)
        {
            pending[pfn >> 6] |= pages(pfn) ? 1L << (pfn & 63) : 0;
        }

        using OutgoingConnection connection = new(new SocketWire(Connect(), TimeSpan.FromSeconds(20)));
        connection.Open();
        connection.Wire.Write(connection.Frames.Begin(
            new IncomingGuest(Identity(), _memory.Pages, new VirtualRegisters(GuestWorkload.Idle, 0, 0)), Guid.NewGuid(), 1, leavePaused: true));
        connection.Expect("(ready memory)");
        RoundSender sender = new(_memory, [connection], null);
        RoundOutcome outcome = sender.Send(0, pending, paused: true, limited: false, () => false);
        return (outcome.Duration.TotalSeconds, outcome.Bytes);
    }

    public void Dispose() => _memory.Dispose();

    private static DomainIdentity Identity() => new("benchmark", Guid.NewGuid(), "(domain)");

    private EmbeddedGuest Boot(GuestWorkload workload)
    {
        new GuestHeartbeat(_memory).Start("benchmark", DateTimeOffset.UtcNow);
        return new EmbeddedGuest(Identity(), _memory, new VirtualRegisters(workload, 0, 0), () => DateTimeOffset.UtcNow);
    }

    private Socket Connect()
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(_destination);
        return socket;
    }
}
