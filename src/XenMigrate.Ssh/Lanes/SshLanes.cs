namespace XenMigrate.Ssh;

/// <summary>
/// The connections to one host. Transfers, which last as long as they last, never fill a connection that questions and
/// stops go over: if the first is too narrow for both, further ones are made, one at a time, up to a limit of each kind.
/// </summary>
internal sealed class SshLanes : IDisposable
{
    // A host with MaxSessions 1 takes one command a connection: sixteen live moves out of it hold two each.
    public const int MostForTransfers = 36;
    public const int MostForControl = 4;

    private readonly object _lock = new();
    private readonly List<Lane> _lanes;
    private readonly Func<CancellationToken, Task<SshSession>> _dialAsync;
    private readonly Func<Exception> _closedError;
    private readonly CancellationTokenSource _closing = new();
    private Task? _dialingForControl;
    private Task? _dialingForTransfers;
    private TaskCompletionSource<bool> _changed = NewSignal();
    private bool _closed;

    /// <param name="first">The connection that stands.</param>
    /// <param name="dialAsync">Makes another.</param>
    /// <param name="closedError">What whoever comes after the end is told.</param>
    public SshLanes(SshSession first, Func<CancellationToken, Task<SshSession>> dialAsync, Func<Exception> closedError)
    {
        _lanes = [new Lane(first, isForControl: true)];
        _dialAsync = dialAsync;
        _closedError = closedError;
    }

    public bool IsConnected
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Any(lane => lane.Session.IsConnected);
            }
        }
    }

    /// <summary>How many connections stand.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Count(lane => lane.Session.IsConnected);
            }
        }
    }

    /// <summary>Does something over a connection that has room for it; if the host then refuses, over another.</summary>
    /// <exception cref="ChannelRefusedException">The host refuses on every connection.</exception>
    public async Task<T> RunAsync<T>(
        bool isTransfer, Func<SshSession, Task<T>> run, CancellationToken cancellationToken)
    {
        while (true)
        {
            Lane lane = await EnterAsync(isTransfer, cancellationToken).ConfigureAwait(false);
            bool refused = false;
            try
            {
                return await run(lane.Session).ConfigureAwait(false);
            }
            catch (ChannelRefusedException) when (refused = Refuse(lane))
            {
                // Nothing was begun.
            }
            finally
            {
                Leave(lane, isTransfer, refused);
            }
        }
    }

    public void Dispose()
    {
        Lane[] all;
        lock (_lock)
        {
            _closed = true;
            all = [.. _lanes];
        }

        _closing.Cancel();
        foreach (Lane lane in all)
        {
            lane.Session.Dispose();
        }

        Signal();
    }

    private async Task<Lane> EnterAsync(bool isTransfer, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<bool> changed;
            Task? dialing = null;
            lock (_lock)
            {
                if (_closed)
                {
                    throw _closedError();
                }

                _ = _lanes.RemoveAll(lane => !lane.Session.IsConnected && lane.Commands == 0);
                if (_lanes.Find(lane => lane.CanTake(isTransfer)) is { } free)
                {
                    Enter(free, isTransfer);
                    return free;
                }

                changed = _changed.Task;
                dialing = Dialing(isForControl: !isTransfer);
            }

            _ = await Task.WhenAny(changed, dialing ?? changed).OrCancelled(cancellationToken).ConfigureAwait(false);
            if (dialing is { IsFaulted: true } or { IsCanceled: true })
            {
                // A further connection that can't be made is no error as long as there is one to wait for.
                await (HasLane(!isTransfer) ? changed.OrCancelled(cancellationToken) : dialing).ConfigureAwait(false);
            }
        }
    }

    private void Enter(Lane lane, bool isTransfer)
    {
        lane.Enter(isTransfer);
        if (isTransfer && lane.IsForControl)
        {
            // Whoever wants to stop the transfer needs a channel beside it: whether there is one is seen now, not then.
            lane.Enter(isTransfer: false);
            _ = ProveAsync(lane);
        }
    }

    private async Task ProveAsync(Lane lane)
    {
        bool opens = await lane.Session.OpensChannelAsync().ConfigureAwait(false);
        if (!opens)
        {
            _ = Refuse(lane);
        }

        Leave(lane, isTransfer: false, wasRefused: !opens);
        lock (_lock)
        {
            if (!opens && !_closed && !_lanes.Exists(one => one.CanTake(isTransfer: false)))
            {
                _ = Dialing(isForControl: true);
            }
        }
    }

    private bool Refuse(Lane lane)
    {
        lock (_lock)
        {
            return lane.Refuse();
        }
    }

    private void Leave(Lane lane, bool isTransfer, bool wasRefused)
    {
        Lane[] closing;
        lock (_lock)
        {
            lane.Leave(isTransfer, wasRefused);
            bool isIdle = _lanes.All(one => one.Commands == 0);
            Lane? kept = _lanes.Find(one => one.IsForControl && one.Capacity > 0 && one.Session.IsConnected);
            closing = [.. _lanes.Where(one => one.Commands == 0 && (one.Capacity == 0 || (isIdle && kept is not null && one != kept)))];
            _ = _lanes.RemoveAll(one => closing.Contains(one));
        }

        foreach (Lane one in closing)
        {
            one.Session.Dispose();
        }

        Signal();
    }

    private bool HasLane(bool isForControl)
    {
        lock (_lock)
        {
            return _lanes.Exists(lane => lane.IsForControl == isForControl && lane.Session.IsConnected);
        }
    }

    /// <summary>The connection of one kind that is being made, if there may be one more.</summary>
    private Task? Dialing(bool isForControl)
    {
        ref Task? dialing = ref isForControl ? ref _dialingForControl : ref _dialingForTransfers;
        if (dialing is { IsCompleted: false })
        {
            return dialing;
        }

        int most = isForControl ? MostForControl : MostForTransfers;
        int stand = _lanes.Count(lane => lane.IsForControl == isForControl && lane.Session.IsConnected);
        return dialing = stand < most ? Task.Run(() => DialAsync(isForControl)) : null;
    }

    private async Task DialAsync(bool isForControl)
    {
        SshSession session = await _dialAsync(_closing.Token).ConfigureAwait(false);
        bool closed;
        lock (_lock)
        {
            closed = _closed;
            if (!closed)
            {
                _lanes.Add(new Lane(session, isForControl));
            }
        }

        if (closed)
        {
            session.Dispose();
            throw _closedError();
        }

        Signal();
    }

    private void Signal()
    {
        TaskCompletionSource<bool> changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = NewSignal();
        }

        _ = changed.TrySetResult(true);
    }

    private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
