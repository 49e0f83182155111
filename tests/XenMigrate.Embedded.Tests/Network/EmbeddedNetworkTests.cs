namespace XenMigrate.Embedded.Tests.Network;

public class EmbeddedNetworkTests
{
    private static readonly IPAddress s_client = IPAddress.Parse("10.0.0.8");
    private static readonly IPEndPoint s_server = new(IPAddress.Parse("10.0.0.7"), 8002);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_connection_carries_bytes_both_ways_and_the_peer_is_known(bool throughRelay)
    {
        using Line line = new(throughRelay ? new LinkFaults { BytesPerSecond = 100_000_000 } : LinkFaults.None);
        (Socket client, Socket server) = line.Connect();

        _ = client.Send([1, 2, 3]);
        byte[] received = new byte[3];
        ReadAll(server, received);
        _ = server.Send([4]);
        byte[] answered = new byte[1];
        ReadAll(client, answered);

        Assert.Equal([1, 2, 3], received);
        Assert.Equal([4], answered);
        Assert.Equal(s_client, line.Network.PeerOf((IPEndPoint)server.RemoteEndPoint!));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, server.Receive(received));
    }

    [Fact]
    public void A_stranger_is_nobody() =>
        Assert.Null(new EmbeddedNetwork().PeerOf(new IPEndPoint(IPAddress.Loopback, 1)));

    [Fact]
    public void Where_nobody_listens_a_connection_is_refused()
    {
        using EmbeddedNetwork network = new();

        Assert.Equal(SocketError.ConnectionRefused, Error(network));
        network.Block(s_server);
        Assert.Equal(SocketError.TimedOut, Error(network));
        network.SetPower(s_server.Address, isOn: false);
        Assert.Equal(SocketError.HostUnreachable, Error(network));

        static SocketError Error(EmbeddedNetwork network) =>
            Assert.Throws<SocketException>(() => network.Connect(s_client, s_server)).SocketErrorCode;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cut_link_ends_connections_and_allows_no_new_ones(bool throughRelay)
    {
        using Line line = new(throughRelay ? new LinkFaults { BytesPerSecond = 100_000_000 } : LinkFaults.None);
        (Socket client, Socket server) = line.Connect();

        line.Network.SetFaults(new LinkFaults { Down = LinkCut.Reset });

        Assert.True(Ended(client));
        Assert.True(Ended(server));
        Assert.Equal(SocketError.HostUnreachable, Assert.Throws<SocketException>(() => line.Network.Connect(s_client, s_server)).SocketErrorCode);
        line.Network.SetFaults(LinkFaults.None);
        _ = line.Connect();
    }

    [Fact]
    public void A_connection_is_cut_after_its_bytes()
    {
        using Line line = new(new LinkFaults { CutAfterBytes = 50_000 });
        (Socket client, Socket server) = line.Connect();

        int received = 0;
        byte[] piece = new byte[10_000];
        try
        {
            for (int i = 0; i < 10; i++)
            {
                _ = client.Send(piece);
                ReadAll(server, piece);
                received += piece.Length;
            }
        }
        catch (SocketException)
        {
            // That is the cut.
        }

        Assert.InRange(received, 10_000, 50_000);
    }

    [Fact]
    public void A_silent_cut_tells_nobody()
    {
        using Line line = new(new LinkFaults { CutAfterBytes = 5, CutAfterKind = LinkCut.Silent });
        (Socket client, Socket server) = line.Connect();
        server.ReceiveTimeout = 200;

        _ = client.Send(new byte[10]);
        Assert.Equal(SocketError.TimedOut, Assert.Throws<SocketException>(() => server.Receive(new byte[10])).SocketErrorCode);
        Assert.False(client.Poll(0, SelectMode.SelectRead));

        server.Shutdown(SocketShutdown.Send);
        Assert.False(client.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead));
    }

    [Fact]
    public async Task A_slow_link_is_as_slow_as_asked_for()
    {
        using Line line = new(new LinkFaults { BytesPerSecond = 2_000_000 });
        (Socket client, Socket server) = line.Connect();
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();

        Task sending = Task.Run(() => client.Send(new byte[800_000]));
        ReadAll(server, new byte[800_000]);
        await sending;

        // Never faster than asked for; how much slower depends on the machine.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.36, double.MaxValue);
    }

    [Fact]
    public async Task Connections_share_a_slow_link()
    {
        using Line line = new(new LinkFaults { BytesPerSecond = 2_000_000 });
        (Socket Client, Socket Server)[] connections = [line.Connect(), line.Connect()];
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();

        await Task.WhenAll(connections.SelectMany(ends => new[]
        {
            Task.Run(() => ends.Client.Send(new byte[400_000])),
            Task.Run(() => ReadAll(ends.Server, new byte[400_000])),
        }));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.36, double.MaxValue);
    }

    private static void ReadAll(Socket socket, byte[] buffer)
    {
        for (int read = 0; read < buffer.Length;)
        {
            int count = socket.Receive(buffer, read, buffer.Length - read, SocketFlags.None);
            read += count > 0 ? count : throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private static bool Ended(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private sealed class Line : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<Socket> _sockets = [];

        public Line(LinkFaults faults)
        {
            _listener.Start();
            Network.Listen(s_server, (IPEndPoint)_listener.LocalEndpoint);
            Network.SetFaults(faults);
        }

        public EmbeddedNetwork Network { get; } = new();

        public (Socket Client, Socket Server) Connect()
        {
            Socket client = Network.Connect(s_client, s_server);
            Socket server = _listener.AcceptSocket();
            client.ReceiveTimeout = 10_000;
            server.ReceiveTimeout = 10_000;
            _sockets.AddRange([client, server]);
            return (client, server);
        }

        public void Dispose()
        {
            Network.Dispose();
            _sockets.ForEach(socket => socket.Dispose());
            _listener.Stop();
        }
    }
}
