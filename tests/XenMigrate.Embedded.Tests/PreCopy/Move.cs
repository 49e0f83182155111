using System.Collections.Concurrent;

namespace XenMigrate.Tests.PreCopy;

/// <summary>A guest at a source, a destination, and the move between them over a real connection.</summary>
internal sealed class Move : IDisposable
{
    public Move(int pages, GuestWorkload workload, double filledShare = 0.6, TransferTimes? times = null, string? refusal = null)
    {
        Times = times ?? new TransferTimes();
        Guest = EmbeddedGuest.Boot(
            new DomainIdentity("testvm1", Guid.NewGuid(), "(domain (name testvm1))"), pages, workload, () => DateTimeOffset.UtcNow, filledShare);
        Destination = new FakeDestination(Guest.Memory) { Refusal = refusal };
        Server = new RelocationServer(Destination, peer => Admits(peer), Times);
        Port = Server.Endpoint;
        Ask = token => Server.Settle(token);
    }

    public EmbeddedGuest Guest { get; }

    public FakeDestination Destination { get; }

    public RelocationServer Server { get; }

    public TransferTimes Times { get; }

    public ConcurrentQueue<PreCopyReport> Reports { get; } = new();

    public PreCopyOptions Options { get; set; } = new();

    public Func<IPEndPoint, bool> Admits { get; set; } = _ => true;

    public Func<Guid, bool?> Ask { get; set; }

    /// <summary>Where the source connects to: the server, or something in between.</summary>
    public IPEndPoint Port { get; set; }

    public Action<PreCopyReport> OnReport { get; set; } = _ => { };

    public int Running => (Guest.Running ? 1 : 0) + (Destination.Guest is { Running: true } ? 1 : 0);

    public Task<RelocationResult> Run(bool live = true, CancellationToken cancellationToken = default) =>
        new RelocationClient(Connect, token => Ask(token), Times).SendAsync(
            Guest,
            Options,
            live,
            report =>
            {
                Reports.Enqueue(report);
                OnReport(report);
            },
            cancellationToken).WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

    public void Dispose()
    {
        Server.Dispose();
        Guest.Dispose();
        Destination.Dispose();
    }

    private Socket Connect()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(Port);
        return socket;
    }
}
