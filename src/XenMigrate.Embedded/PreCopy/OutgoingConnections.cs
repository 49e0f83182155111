namespace XenMigrate.Embedded.PreCopy;

/// <summary>The connections of a transfer, at the source; and whether it may still be cancelled, which ends them.</summary>
internal sealed class OutgoingConnections(Func<Wire> connect) : IDisposable
{
    private readonly object _gate = new();
    private readonly List<OutgoingConnection> _all = [];
    private bool _cancelled;
    private bool _closed;

    public IReadOnlyList<OutgoingConnection> All => _all;

    /// <summary>The one that carries what is said once.</summary>
    public OutgoingConnection First => _all[0];

    public bool IsCancelled => Volatile.Read(ref _cancelled);

    public OutgoingConnection Add()
    {
        OutgoingConnection connection = new(connect());
        lock (_gate)
        {
            _all.Add(connection);
            if (_cancelled)
            {
                throw new TransferException("it was cancelled");
            }
        }

        connection.Open();
        return connection;
    }

    /// <summary>Unless it is too late.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            Volatile.Write(ref _cancelled, true);

            // Who waits for the link wakes up; the destination sees the end, and forgets the guest.
            EndWriting();
        }
    }

    /// <summary>From now on nobody can cancel; false if somebody did before.</summary>
    public bool CloseToCancelling()
    {
        lock (_gate)
        {
            _closed = !_cancelled;
            return _closed;
        }
    }

    /// <summary>Waits until the destination has seen that nothing comes any more, so that nothing is left there.</summary>
    public void LeaveCleanly()
    {
        EndWriting();
        try
        {
            byte[] rest = new byte[256];
            foreach (OutgoingConnection connection in _all)
            {
                while (connection.Wire.ReadSome(rest) > 0)
                {
                }
            }
        }
        catch (TransferException)
        {
            // Then it learns it by its own patience.
        }
    }

    public void Abort() => _all.ForEach(connection => connection.Wire.Abort());

    public void Dispose() => _all.ForEach(connection => connection.Dispose());

    private void EndWriting() => _all.ForEach(connection => connection.Wire.EndWriting());
}
