namespace XenMigrate.Embedded.PreCopy;

/// <summary>
/// A guest on its way in: what was received of it, and whose it is. It ends once, activated or abandoned, whoever comes
/// first: the source's word to start it, a broken connection, or somebody who wants it settled.
/// </summary>
internal sealed class IncomingTransfer : IDisposable
{
    private readonly object _gate = new();
    private readonly IIncomingGuests _guests;
    private readonly List<Wire> _wires = [];
    private readonly Barrier _roundEnd;
    private readonly CancellationTokenSource _abandoned = new();
    private bool? _activated;

    public IncomingTransfer(IIncomingGuests guests, IncomingGuest description, Guid token, int connections, bool leavePaused)
    {
        _guests = guests;
        Token = token;
        Connections = connections;
        LeavePaused = leavePaused;
        Guest = guests.Reserve(description);
        Image = new IncomingImage(Guest.Memory);
        _roundEnd = new Barrier(connections, _ => Image.NextRound());
    }

    /// <summary>What a further connection names to join.</summary>
    public Guid Token { get; }

    public int Connections { get; }

    public bool LeavePaused { get; }

    public EmbeddedGuest Guest { get; }

    public IncomingImage Image { get; }

    /// <summary>The guest's beats up to its pause at the source.</summary>
    public long BeatsBefore { get; private set; }

    /// <summary>Adds a connection; false if there are enough, or the transfer ended.</summary>
    public bool Add(Wire wire)
    {
        lock (_gate)
        {
            if (_activated is not null || _wires.Count == Connections)
            {
                return false;
            }

            _wires.Add(wire);
            return true;
        }
    }

    /// <summary>Leaves a connection to its own thread, which has a last word to say over it.</summary>
    public void Leave(Wire wire)
    {
        lock (_gate)
        {
            _ = _wires.Remove(wire);
        }
    }

    /// <summary>Waits until every connection has come to the round's end.</summary>
    public void EndRound(int round, TimeSpan patience)
    {
        if (round != Image.Round)
        {
            throw new TransferException($"round {round} ended in round {Image.Round}");
        }

        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_abandoned.Token);
            limit.CancelAfter(patience);
            _roundEnd.SignalAndWait(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TransferException("the other connection broke or fell silent");
        }
        catch (ObjectDisposedException)
        {
            throw new TransferException("the transfer ended");
        }
    }

    /// <summary>The guest is this host's from now on; false if it was abandoned before.</summary>
    public bool Activate(VirtualRegisters registers)
    {
        lock (_gate)
        {
            if (_activated is not null)
            {
                return false;
            }

            _activated = true;
            Guest.Cpu.Registers = registers;
            BeatsBefore = Guest.Beats;
            _guests.Activate(Guest, LeavePaused);
            return true;
        }
    }

    /// <summary>Leaves it half as it is for a time, or until somebody ends it.</summary>
    public void Linger(TimeSpan time) => _ = _abandoned.Token.WaitHandle.WaitOne(time);

    /// <summary>Ends it, unless it was activated: then it returns true.</summary>
    public bool Settle()
    {
        lock (_gate)
        {
            if (_activated is { } activated)
            {
                return activated;
            }

            _activated = false;
            _abandoned.Cancel();
        }

        // Who still reads into the memory has a lease on it. First, so that a source that sees the end finds nothing left.
        _guests.Abandon(Guest);
        AbortWires();
        return false;
    }

    public void Dispose()
    {
        _ = Settle();

        // A further connection would wait for ever if the link is silent.
        AbortWires();
        _roundEnd.Dispose();
        _abandoned.Dispose();
    }

    private void AbortWires()
    {
        lock (_gate)
        {
            _wires.ForEach(wire => wire.Abort());
        }
    }
}
