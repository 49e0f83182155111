namespace XenMigrate.Embedded.PreCopy;

/// <summary>A TCP connection. On Linux it gathers and scatters pages by the kernel's own calls; elsewhere by copies.</summary>
internal sealed class SocketWire : Wire
{
    private readonly Socket _socket;
    private readonly VectoredSocket? _vectored;

    public SocketWire(Socket socket, TimeSpan timeout)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _vectored = OperatingSystem.IsLinux() ? new VectoredSocket(socket) : null;
        SetTimeout(timeout);
    }

    public override void SetTimeout(TimeSpan timeout)
    {
        if (_vectored is not null)
        {
            _vectored.SetTimeout(timeout);
            return;
        }

        int milliseconds = timeout <= TimeSpan.Zero ? 0 : (int)Math.Max(1, timeout.TotalMilliseconds);
        _socket.ReceiveTimeout = milliseconds;
        _socket.SendTimeout = milliseconds;
    }

    public override int ReadSome(Span<byte> into)
    {
        try
        {
            return _vectored is null ? _socket.Receive(into) : _vectored.Receive(into);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Broken(e);
        }
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                int count = _vectored is null ? _socket.Send(bytes) : _vectored.Send(bytes);
                Wrote(count);
                bytes = bytes[count..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Broken(e);
        }
    }

    public override void ReadPages(GuestMemory memory, ReadOnlySpan<int> pages)
    {
        if (_vectored is null)
        {
            base.ReadPages(memory, pages);
            return;
        }

        try
        {
            _vectored.ReceivePages(memory, pages);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Broken(e);
        }
    }

    public override void WritePages(ReadOnlySpan<byte> head, GuestMemory memory, ReadOnlySpan<int> pages)
    {
        if (_vectored is null)
        {
            base.WritePages(head, memory, pages);
            return;
        }

        try
        {
            _vectored.SendPages(head, memory, pages);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Broken(e);
        }

        Wrote(head.Length + ((long)pages.Length * GuestMemory.PageSize));
    }

    public override void EndWriting() => Shutdown(SocketShutdown.Send);

    public override void Abort() => Shutdown(SocketShutdown.Both);

    public override void Dispose() => _socket.Dispose();

    private static TransferException Broken(Exception e) => e switch
    {
        SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } => new("the connection fell silent", e),
        SocketException socket => new($"the connection broke: {socket.Message}", e),
        _ => new("the connection was closed", e),
    };

    private void Shutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is broken already.
        }
    }
}
