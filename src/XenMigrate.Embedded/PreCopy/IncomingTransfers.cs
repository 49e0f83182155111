namespace XenMigrate.Embedded.PreCopy;

/// <summary>The transfers of a server: those under way, and how the latest ones ended.</summary>
internal sealed class IncomingTransfers
{
    private const int MostUnderWay = 16;
    private const int MostRemembered = 1024;

    private readonly object _gate = new();
    private readonly Dictionary<Guid, IncomingTransfer> _underWay = [];
    private readonly Dictionary<Guid, bool> _ended = [];
    private readonly Queue<Guid> _order = new();

    /// <summary>Notes a transfer; throws if its token was used before, or there are too many.</summary>
    public void Add(IncomingTransfer transfer)
    {
        lock (_gate)
        {
            if (_underWay.Count >= MostUnderWay || _ended.ContainsKey(transfer.Token) || !_underWay.TryAdd(transfer.Token, transfer))
            {
                throw new TransferException("there are too many transfers, or this one was seen before");
            }
        }
    }

    public IncomingTransfer? Find(Guid token)
    {
        lock (_gate)
        {
            return _underWay.GetValueOrDefault(token);
        }
    }

    /// <summary>See <see cref="RelocationServer.Settle"/>.</summary>
    public bool Settle(Guid token)
    {
        IncomingTransfer? transfer;
        lock (_gate)
        {
            if (!_underWay.TryGetValue(token, out transfer))
            {
                return _ended.GetValueOrDefault(token);
            }
        }

        return transfer.Settle();
    }

    /// <summary>Forgets a transfer but for how it ended.</summary>
    public void End(IncomingTransfer transfer)
    {
        bool activated = transfer.Settle();
        lock (_gate)
        {
            if (_underWay.GetValueOrDefault(transfer.Token) != transfer)
            {
                return;
            }

            _ = _underWay.Remove(transfer.Token);
            _ended[transfer.Token] = activated;
            _order.Enqueue(transfer.Token);
            if (_order.Count > MostRemembered)
            {
                _ = _ended.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Ends the transfer of a guest, unless it is committed.</summary>
    public void GiveUp(EmbeddedGuest guest)
    {
        IncomingTransfer? transfer;
        lock (_gate)
        {
            transfer = _underWay.Values.FirstOrDefault(one => ReferenceEquals(one.Guest, guest));
        }

        _ = transfer?.Settle();
    }

    /// <summary>Ends all that is not committed.</summary>
    public void SettleAll()
    {
        IncomingTransfer[] transfers;
        lock (_gate)
        {
            transfers = [.. _underWay.Values];
        }

        foreach (IncomingTransfer transfer in transfers)
        {
            _ = transfer.Settle();
        }
    }
}
