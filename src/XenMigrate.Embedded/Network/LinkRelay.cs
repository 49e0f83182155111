namespace XenMigrate.Embedded.Network;

/// <summary>Stands between two ends of one connection: slows it, counts it, cuts it.</summary>
internal sealed class LinkRelay : IDisposable
{
    private const int PieceSize = 16 * 1024;

    private readonly Socket _near;
    private readonly Socket _far;
    private readonly CancellationTokenSource _end = new();
    private readonly object _lock = new();
    private LinkFaults _faults;
    private long _carried;
    private bool _isSilent;

    /// <param name="near">The end of who connected.</param>
    /// <param name="far">The other.</param>
    /// <param name="there">What the link carries from near to far.</param>
    /// <param name="back">What it carries the other way.</param>
    /// <param name="faults">What is wrong with it.</param>
    public LinkRelay(Socket near, Socket far, LinkPace there, LinkPace back, LinkFaults faults)
    {
        _near = near;
        _far = far;
        _faults = faults;
        // A sender is to feel a slow link soon, not after megabytes of buffers.
        foreach (Socket socket in (Socket[])[near, far])
        {
            socket.ReceiveBufferSize = 64 * 1024;
            socket.SendBufferSize = 64 * 1024;
            socket.NoDelay = true;
        }

        Ended = Task.WhenAll(CarryAsync(near, far, there), CarryAsync(far, near, back));
    }

    /// <summary>Ends when both directions have.</summary>
    public Task Ended { get; }

    /// <summary>Whose the near end is; null for nobody's in particular.</summary>
    public IPAddress? From { get; init; }

    public void Change(LinkFaults faults) => _faults = faults;

    /// <param name="how">How.</param>
    /// <param name="off">The host that lost power by it: its own end is gone in any case; null for none.</param>
    public void Cut(LinkCut how, IPAddress? off = null)
    {
        lock (_lock)
        {
            if (how == LinkCut.Silent || _end.IsCancellationRequested)
            {
                _isSilent = true;
                if (off is not null && !_end.IsCancellationRequested)
                {
                    Reset(off.Equals(From) ? _near : _far);
                }

                return;
            }

            // What is under way is thrown away, and both ends get a reset.
            Reset(_near);
            Reset(_far);
        }

        Dispose();
    }

    private static void Reset(Socket end)
    {
        try
        {
            end.LingerState = new LingerOption(true, 0);
            end.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // It lost power before.
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_end.IsCancellationRequested)
            {
                return;
            }

            _end.Cancel();
            _near.Dispose();
            _far.Dispose();
        }
    }

    private async Task CarryAsync(Socket from, Socket to, LinkPace pace)
    {
        byte[] piece = new byte[PieceSize];
        try
        {
            while (true)
            {
                int count = await from.ReceiveAsync(piece, SocketFlags.None, _end.Token).ConfigureAwait(false);
                // A silent link does not tell of an end either.
                count = await AllowAsync(count).ConfigureAwait(false);
                if (count == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                if (_faults.BytesPerSecond is { } rate)
                {
                    // Less than a timer's tick is not worth a wait: it is owed, so that the mean is the rate asked for.
                    TimeSpan wait = pace.Carry(count, rate);
                    if (wait.TotalMilliseconds > 2)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(Math.Floor(wait.TotalMilliseconds)), _end.Token).ConfigureAwait(false);
                    }
                }

                for (int sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(piece.AsMemory(sent, count - sent), SocketFlags.None, _end.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            if (!_isSilent)
            {
                Dispose();
            }
        }
    }

    /// <summary>How many of so many bytes the link still carries; none at all when it is silent, for ever.</summary>
    private async Task<int> AllowAsync(int count)
    {
        long before;
        lock (_lock)
        {
            before = _carried;
            _carried += count;
        }

        if (_faults.CutAfterBytes is { } limit && before + count > limit)
        {
            Cut(_faults.CutAfterKind);
        }

        if (_isSilent)
        {
            await Task.Delay(Timeout.Infinite, _end.Token).ConfigureAwait(false);
        }

        return count;
    }
}
