using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

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

    public LinkRelay(Socket near, Socket far, LinkFaults faults)
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

        Ended = Task.WhenAll(CarryAsync(near, far), CarryAsync(far, near));
    }

    /// <summary>Ends when both directions have.</summary>
    public Task Ended { get; }

    public void Change(LinkFaults faults) => _faults = faults;

    public void Cut(LinkCut how)
    {
        lock (_lock)
        {
            if (how == LinkCut.Silent || _end.IsCancellationRequested)
            {
                _isSilent = true;
                return;
            }

            // What is under way is thrown away, and both ends get a reset.
            _near.LingerState = new LingerOption(true, 0);
            _far.LingerState = new LingerOption(true, 0);
        }

        Dispose();
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

    private async Task CarryAsync(Socket from, Socket to)
    {
        byte[] piece = new byte[PieceSize];
        long due = System.Environment.TickCount64;
        double behind = 0;
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
                    // A debt that is paid once it is worth a timer's tick, so that the mean is the rate asked for.
                    behind += count * 1000.0 / rate;
                    long late = System.Environment.TickCount64 - due;
                    due += late;
                    behind = Math.Max(behind - late, -20);
                    if (behind > 2)
                    {
                        await Task.Delay((int)behind, _end.Token).ConfigureAwait(false);
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
            Dispose();
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
