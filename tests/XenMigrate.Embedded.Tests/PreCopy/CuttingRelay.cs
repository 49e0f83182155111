namespace XenMigrate.Tests.PreCopy;

/// <summary>A link that is cut after so many bytes in one direction: it resets both ends, or just falls silent.</summary>
internal sealed class CuttingRelay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _server;
    private readonly long _forward;
    private readonly long _back;
    private readonly bool _reset;
    private readonly List<Socket> _sockets = [];
    private long _forwarded;
    private long _returned;
    private volatile bool _cut;

    public CuttingRelay(IPEndPoint server, long forward, long back, bool reset)
    {
        (_server, _forward, _back, _reset) = (server, forward, back, reset);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Start(Accept);
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

    public bool Cut => _cut;

    public long Forwarded => Interlocked.Read(ref _forwarded);

    public long Returned => Interlocked.Read(ref _returned);

    public void Dispose()
    {
        _listener.Dispose();
        lock (_sockets)
        {
            _sockets.ForEach(socket => socket.Dispose());
        }
    }

    private static void Start(ThreadStart work) => new Thread(work) { IsBackground = true }.Start();

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket source = _listener.Accept();
                Socket destination = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                destination.Connect(_server);
                lock (_sockets)
                {
                    _sockets.AddRange([source, destination]);
                }

                Start(() => Pump(source, destination, ref _forwarded, _forward));
                Start(() => Pump(destination, source, ref _returned, _back));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It's over.
        }
    }

    private void Pump(Socket from, Socket to, ref long passed, long most)
    {
        byte[] buffer = new byte[16384];
        try
        {
            while (!_cut)
            {
                long room = most - Interlocked.Read(ref passed);
                int count = room > 0 ? from.Receive(buffer.AsSpan(0, (int)Math.Min(room, buffer.Length))) : 0;
                if (room <= 0)
                {
                    break;
                }

                if (count == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                if (_cut)
                {
                    return;
                }

                _ = to.Send(buffer.AsSpan(0, count));
                _ = Interlocked.Add(ref passed, count);
            }

            CutNow();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end went away.
        }
    }

    private void CutNow()
    {
        _cut = true;
        if (!_reset)
        {
            return;
        }

        lock (_sockets)
        {
            foreach (Socket socket in _sockets)
            {
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }
        }
    }
}
