namespace XenMigrate.Embedded.PreCopy;

/// <summary>Receives over one connection, after "(ready receive)", to the end.</summary>
internal sealed class PreCopyReceiver(Wire wire, IIncomingGuests guests, IncomingTransfers transfers, TransferTimes times)
{
    private static readonly TimeSpan s_firstBeat = TimeSpan.FromSeconds(2);

    private readonly WireReader _frames = new(wire);
    private readonly int[] _withData = new int[WireFormat.BatchPages];

    /// <summary>Returns why it ended before its time, as the source was told too; null if the guest runs here.</summary>
    public string? Run()
    {
        try
        {
            _frames.ReadPreamble();
            switch (_frames.Next())
            {
                case WireFrameKind.Begin:
                    Begin(BeginFrame.Parse(_frames.Body));
                    return null;
                case WireFrameKind.Join:
                    Join(new Guid(_frames.Body.Length == 16 ? _frames.Body : throw new TransferException("a token of another size")));
                    return null;
                default:
                    throw new TransferException("a transfer can't begin like this");
            }
        }
        catch (Exception e) when (e is TransferException or GuestRefusedException)
        {
            Refuse(e.Message);
            return e.Message;
        }
        catch (ObjectDisposedException)
        {
            // A further connection, of a transfer that was abandoned just now.
            const string ended = "the transfer ended";
            Refuse(ended);
            return ended;
        }
    }

    private void Begin(BeginFrame begin)
    {
        using IncomingTransfer transfer = new(guests, begin.Guest, begin.Token, begin.Connections, begin.LeavePaused);
        using GuestMemory.Lease lease = transfer.Guest.Memory.Use();
        transfers.Add(transfer);
        try
        {
            _ = transfer.Add(wire);
            wire.WriteLine(Replies.MemoryReady);
            VirtualRegisters registers = ReceiveRounds(transfer, first: true)!;
            wire.WriteLine(Replies.Whole);
            Commit(transfer, registers);
        }
        catch (TransferException e) when (times.Collection > TimeSpan.Zero)
        {
            Refuse(e.Message);
            transfer.Linger(times.Collection);
            throw;
        }
        finally
        {
            // What ended it is told when nothing of it is left.
            transfer.Leave(wire);
            transfers.End(transfer);
        }
    }

    private void Join(Guid token)
    {
        IncomingTransfer transfer = transfers.Find(token) ?? throw new TransferException("there is no such transfer to join");
        using GuestMemory.Lease lease = transfer.Guest.Memory.Use();
        if (!transfer.Add(wire))
        {
            throw new TransferException("the transfer has all its connections");
        }

        wire.WriteLine(Replies.Joined);

        // It may idle for as long as the first one works, which fails for both.
        wire.SetTimeout(TimeSpan.Zero);
        try
        {
            _ = ReceiveRounds(transfer, first: false);
        }
        catch (TransferException)
        {
            // One connection without the other is no transfer. After the commitment this does nothing.
            _ = transfer.Settle();
            throw;
        }
    }

    /// <summary>Receives until the state has come, and returns the registers; over a further connection, until its end.</summary>
    private VirtualRegisters? ReceiveRounds(IncomingTransfer transfer, bool first)
    {
        while (true)
        {
            switch (_frames.Next())
            {
                case WireFrameKind.Pages:
                    transfer.Image.Receive(_frames.Body, wire, _withData);
                    break;
                case WireFrameKind.RoundEnd when _frames.Body.Length == sizeof(int):
                    int round = BinaryPrimitives.ReadInt32LittleEndian(_frames.Body);
                    transfer.EndRound(round, times.Silence);
                    if (first)
                    {
                        wire.WriteLine(Replies.Round(round));
                    }

                    break;
                case WireFrameKind.Mark when first:
                    wire.WriteLine(Replies.Mark);
                    break;
                case WireFrameKind.State when first:
                    return Verify(transfer.Image);
                default:
                    throw new TransferException("a frame comes where it can't be");
            }
        }
    }

    private VirtualRegisters Verify(IncomingImage image)
    {
        if (_frames.Body.Length != VirtualRegisters.Size + sizeof(ulong)
            || VirtualRegisters.Parse(_frames.Body[..VirtualRegisters.Size]) is not { } registers)
        {
            throw new TransferException("the guest's registers can't be right");
        }

        image.Verify(registers, BinaryPrimitives.ReadUInt64LittleEndian(_frames.Body[VirtualRegisters.Size..]));
        return registers;
    }

    private void Commit(IncomingTransfer transfer, VirtualRegisters registers)
    {
        if (_frames.Next() != WireFrameKind.Commit || !transfer.Activate(registers))
        {
            throw new TransferException("the guest was not taken");
        }

        try
        {
            wire.WriteLine(Replies.Running);
            if (!transfer.LeavePaused)
            {
                long before = transfer.BeatsBefore;
                if (SpinWait.SpinUntil(() => transfer.Guest.Beats > before, s_firstBeat))
                {
                    // Without a beat there is no gap to tell of: zero would be a lie.
                    wire.WriteLine(Replies.Beat(transfer.Guest.LongestGap));
                }
            }
        }
        catch (Exception e) when (e is TransferException or ObjectDisposedException)
        {
            // It runs here, whether the source hears of it or not: the source will ask.
        }
    }

    private void Refuse(string message)
    {
        try
        {
            wire.WriteLine(Replies.Error(message));
            wire.EndWriting();
        }
        catch (TransferException)
        {
            // The source sees that the connection ended.
        }
    }
}
