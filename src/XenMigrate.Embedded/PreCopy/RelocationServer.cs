namespace XenMigrate.Embedded.PreCopy;

/// <summary>xend's relocation server: guests come in here.</summary>
internal sealed class RelocationServer : IDisposable
{
    private const int MostConnections = 32;

    private readonly object _gate = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IIncomingGuests _guests;
    private readonly Func<IPEndPoint, bool> _admits;
    private readonly TransferTimes _times;
    private readonly IncomingTransfers _transfers = new();
    private readonly HashSet<Wire> _open = [];
    private bool _closed;

    /// <param name="admits">Whether a peer, by its real endpoint, may speak at all; another gets no answer.</param>
    public RelocationServer(IIncomingGuests guests, Func<IPEndPoint, bool> admits, TransferTimes? times = null)
    {
        _guests = guests;
        _admits = admits;
        _times = times ?? new TransferTimes();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(MostConnections);
        Endpoint = (IPEndPoint)_listener.LocalEndPoint!;
        new Thread(Accept) { IsBackground = true, Name = "relocation server" }.Start();
    }

    /// <summary>Where it listens: 127.0.0.1, a port of the system's choice.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>
    /// Settles whether what a transfer brought runs here: true if it does; otherwise what there is of it is abandoned, and
    /// no word to start it will be obeyed any more.
    /// </summary>
    public bool Settle(Guid token) => _transfers.Settle(token);

    /// <summary>Abandons a guest that comes in, as the end of the process that takes its memory would.</summary>
    public void GiveUp(EmbeddedGuest guest) => _transfers.GiveUp(guest);

    /// <summary>Stops listening, and cuts every transfer that is not committed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _listener.Dispose();
        _transfers.SettleAll();
        lock (_gate)
        {
            foreach (Wire wire in _open)
            {
                wire.Abort();
            }
        }
    }

    private void Accept()
    {
        while (true)
        {
            Socket peer;
            try
            {
                peer = _listener.Accept();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (Closed)
                {
                    return;
                }

                continue;
            }

            if (peer.RemoteEndPoint is not IPEndPoint endpoint || !_admits(endpoint) || Open(peer) is not { } wire)
            {
                // As xend does: no word, and what the peer said is not read, so that it gets a reset.
                peer.LingerState = new LingerOption(true, 0);
                peer.Dispose();
                continue;
            }

            new Thread(() => Serve(wire)) { IsBackground = true, Name = "relocation" }.Start();
        }
    }

    private bool Closed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    private SocketWire? Open(Socket peer)
    {
        try
        {
            SocketWire wire = new(peer, _times.Handshake);
            lock (_gate)
            {
                return !_closed && _open.Count < MostConnections && _open.Add(wire) ? wire : null;
            }
        }
        catch (SocketException)
        {
            // It went away at once.
            return null;
        }
    }

    private void Serve(SocketWire wire)
    {
        try
        {
            if (RelocationDialogue.Run(wire))
            {
                wire.SetTimeout(_times.Silence);
                _ = new PreCopyReceiver(wire, _guests, _transfers, _times).Run();
            }
        }
        catch (TransferException)
        {
            // It ended, or fell silent, before it wanted anything.
        }
        finally
        {
            lock (_gate)
            {
                _ = _open.Remove(wire);
            }

            wire.Dispose();
        }
    }
}
