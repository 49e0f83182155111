using System.Net;

namespace XenMigrate.Ssh;

/// <summary>The way through a jump host, for one connection of this process.</summary>
/// <remarks>
/// SSH.NET connects to addresses only. So there is a listener on the loopback interface, for the moment of connecting: it
/// speaks SOCKS5, lets in the one who knows a secret that nobody else was told, and is closed when that one has come.
/// </remarks>
internal sealed class JumpRoute : IForwardedPort
{
    private const int MostCallers = 16;
    private const string Name = "xenmigrate";

    private readonly SshClient _jump;
    private readonly string _host;
    private readonly int _port;
    private readonly string _secret = NewSecret();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0) { ExclusiveAddressUse = true };
    private readonly SemaphoreSlim _callers = new(MostCallers);
    private readonly List<TcpClient> _waiting = [];
    private bool _closed;

    public JumpRoute(SshClient jump, string host, int port)
    {
        _jump = jump;
        _host = host;
        _port = port;
        _listener.Start();
        ListeningPort = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ListenAsync();
    }

    /// <summary>Nobody ends it but its two ends.</summary>
    public event EventHandler Closing
    {
        add { }
        remove { }
    }

    public int ListeningPort { get; }

    /// <summary>Why the jump host did not connect, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How to connect this way.</summary>
    public ConnectionInfo Connection(string userName, AuthenticationMethod[] methods) => new(
        _host, _port, userName, ProxyTypes.Socks5, IPAddress.Loopback.ToString(), ListeningPort, Name, _secret, methods);

    /// <summary>Lets nobody in any more; who is in stays.</summary>
    public void Dispose()
    {
        TcpClient[] waiting;
        lock (_waiting)
        {
            _closed = true;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        _listener.Stop();
        foreach (TcpClient caller in waiting)
        {
            caller.Dispose();
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                await _callers.WaitAsync().ConfigureAwait(false);
                _ = GreetAsync(await _listener.AcceptTcpClientAsync().ConfigureAwait(false));
            }
        }
        catch (SocketException)
        {
            // It was closed.
        }
        catch (InvalidOperationException)
        {
        }
    }

    private async Task GreetAsync(TcpClient caller)
    {
        bool isOurs = false;
        try
        {
            if (Admit(caller) && await SocksGreeting.KnowsAsync(caller.GetStream(), _secret).ConfigureAwait(false))
            {
                isOurs = Take(caller);
            }
        }
        catch (IOException)
        {
            // It left, or was shown out.
        }
        catch (InvalidOperationException)
        {
        }
        finally
        {
            _ = _callers.Release();
            if (!isOurs)
            {
                caller.Dispose();
            }
        }

        if (isOurs)
        {
            Dispose();
            _ = BlockingThread.Run(() => Carry(caller));
        }
    }

    private bool Admit(TcpClient caller)
    {
        lock (_waiting)
        {
            if (!_closed)
            {
                _waiting.Add(caller);
            }

            return !_closed;
        }
    }

    /// <summary>Whether this is the first who knew the secret.</summary>
    private bool Take(TcpClient caller)
    {
        lock (_waiting)
        {
            return !_closed && _waiting.Remove(caller);
        }
    }

    private bool Carry(TcpClient caller)
    {
        using (caller)
        {
            try
            {
                caller.NoDelay = true;
                // Before there is a channel: what the host says first goes to the caller as soon as there is one.
                SocksGreeting.Answer(caller.Client);
                using DirectChannel channel = new(_jump);
                channel.Open(_host, _port, this, caller.Client);
                if (!channel.IsOpen)
                {
                    Failure = new SshException($"The jump host does not reach {_host}, port {_port}.");
                }

                channel.Carry();
            }
            catch (SshException e)
            {
                Failure = e;
            }
            catch (SocketException e)
            {
                Failure = e;
            }
            catch (InvalidOperationException e)
            {
                Failure = e;
            }
        }

        return true;
    }

    private static string NewSecret()
    {
        byte[] secret = new byte[32];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        random.GetBytes(secret);
        return Convert.ToBase64String(secret);
    }
}
