using System.Collections.Concurrent;

namespace XenMigrate.Embedded.Network;

/// <summary>
/// The pair's network: addresses and ports as the hosts see them, carried by real TCP on this machine's loopback. A
/// relay stands between two ends only when a fault asks for one.
/// </summary>
internal sealed class EmbeddedNetwork : IDisposable
{
    private readonly ConcurrentDictionary<IPEndPoint, IPEndPoint> _listeners = new();
    private readonly ConcurrentDictionary<IPEndPoint, SocketError> _blocked = new();
    private readonly ConcurrentDictionary<IPAddress, bool> _hostsDown = new();
    private readonly ConcurrentDictionary<int, IPAddress> _peers = new();
    private readonly ConcurrentDictionary<(IPAddress From, IPAddress To), LinkPace> _paces = new();
    private readonly object _lock = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<LinkRelay> _relays = [];

    public LinkFaults Faults { get; private set; } = LinkFaults.None;

    /// <summary>Makes a listening socket of this machine known by an address and port of the pair.</summary>
    public void Listen(IPEndPoint address, IPEndPoint real) => _listeners[address] = real;

    public void StopListening(IPEndPoint address) => _ = _listeners.TryRemove(address, out _);

    /// <summary>Lets a packet filter drop what comes for a port.</summary>
    public void Block(IPEndPoint address) => _blocked[address] = SocketError.TimedOut;

    /// <summary>Lets a packet filter answer what comes for a port with a reset, as if nobody listened.</summary>
    public void Reject(IPEndPoint address) => _blocked[address] = SocketError.ConnectionRefused;

    public void Unblock(IPAddress address)
    {
        foreach (IPEndPoint blocked in _blocked.Keys.Where(blocked => blocked.Address.Equals(address)))
        {
            _ = _blocked.TryRemove(blocked, out _);
        }
    }

    /// <param name="address">The host's address.</param>
    /// <param name="isOn">Whether it has power.</param>
    /// <param name="how">Whether the other ends of its connections learn that it lost power; those without a relay do in any case.</param>
    public void SetPower(IPAddress address, bool isOn, LinkCut how = LinkCut.Reset)
    {
        if (isOn)
        {
            _ = _hostsDown.TryRemove(address, out _);
            return;
        }

        _hostsDown[address] = true;
        CutAll(how, address);
    }

    /// <summary>Which host of the pair a connection comes from, or null for a stranger.</summary>
    public IPAddress? PeerOf(IPEndPoint real) => _peers.TryGetValue(real.Port, out IPAddress? address) ? address : null;

    /// <summary>Connects a host of the pair to a port of another.</summary>
    /// <exception cref="SocketException">As the kernel would say.</exception>
    public Socket Connect(IPAddress from, IPEndPoint to)
    {
        if (_hostsDown.ContainsKey(to.Address) || (Faults.Down is not null && !from.Equals(to.Address)))
        {
            throw new SocketException((int)SocketError.HostUnreachable);
        }

        if (_blocked.TryGetValue(to, out SocketError answer))
        {
            throw new SocketException((int)answer);
        }

        if (!_listeners.TryGetValue(to, out IPEndPoint? real))
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        return Faults.NeedRelay ? ConnectByRelay(from, to.Address, real) : Keep(ConnectAs(from, real));
    }

    /// <summary>Sets what is wrong with the link from now on; what is cut is cut at once.</summary>
    public void SetFaults(LinkFaults faults)
    {
        Faults = faults;
        lock (_lock)
        {
            _relays.ForEach(relay => relay.Change(faults));
        }

        if (faults.Down is { } how)
        {
            CutAll(how);
        }
    }

    public void Dispose() => CutAll(LinkCut.Reset);

    private void CutAll(LinkCut how, IPAddress? off = null)
    {
        Socket[] sockets;
        LinkRelay[] relays;
        lock (_lock)
        {
            sockets = [.. _sockets];
            relays = [.. _relays];
            _sockets.Clear();
        }

        foreach (LinkRelay relay in relays)
        {
            relay.Cut(how, off);
        }

        foreach (Socket socket in sockets)
        {
            // Nothing stands between the ends of these, so only their end can be brought about, and it is always heard.
            try
            {
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It has ended by itself.
            }
        }
    }

    /// <summary>Connects by a port that <see cref="PeerOf"/> knows, since every connection comes from 127.0.0.1.</summary>
    private Socket ConnectAs(IPAddress from, IPEndPoint real)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _peers[((IPEndPoint)socket.LocalEndPoint!).Port] = from;
            socket.Connect(real);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private Socket ConnectByRelay(IPAddress from, IPAddress to, IPEndPoint real)
    {
        Socket far = ConnectAs(from, real);
        using Socket meeting = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        meeting.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        meeting.Listen(1);
        // Before connecting: the window that a connection begins with comes from the socket's buffer.
        Socket end = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = 64 * 1024 };
        end.Connect(meeting.LocalEndPoint!);
        LinkRelay relay = new(meeting.Accept(), far, Pace(from, to), Pace(to, from), Faults) { From = from };
        lock (_lock)
        {
            _ = _relays.RemoveAll(old => old.Ended.IsCompleted);
            _relays.Add(relay);
        }

        return end;
    }

    private LinkPace Pace(IPAddress from, IPAddress to) => _paces.GetOrAdd((from, to), _ => new LinkPace());

    private Socket Keep(Socket socket)
    {
        lock (_lock)
        {
            _ = _sockets.RemoveAll(old => !old.Connected);
            _sockets.Add(socket);
        }

        return socket;
    }
}
