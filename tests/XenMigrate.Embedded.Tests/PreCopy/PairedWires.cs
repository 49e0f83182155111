namespace XenMigrate.Tests.PreCopy;

/// <summary>
/// The two connections of a move, whose source said everything already. It waits where a source would: it joins when the
/// first connection was answered, and sends no page before the second one was.
/// </summary>
internal sealed class PairedWires(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) : IDisposable
{
    private readonly ManualResetEventSlim _ready = new();
    private readonly ManualResetEventSlim _joined = new();
    private readonly ManualResetEventSlim _over = new();
    private readonly ManualResetEventSlim _aborted = new();

    /// <summary>Receives both, and returns how the first connection ended and how the second one did.</summary>
    public (string? First, string? Second) Receive(IIncomingGuests guests, TransferTimes times)
    {
        IncomingTransfers transfers = new();
        Task<string?> joined = Task.Factory.StartNew(
            () => Receive(new Further(this, second), guests, transfers, times, _joined),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        string? ended = Receive(new First(this, first), guests, transfers, times, _ready, _over);
        return (ended, joined.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        _ready.Dispose();
        _joined.Dispose();
        _over.Dispose();
        _aborted.Dispose();
    }

    private static string? Receive(
        Wire wire, IIncomingGuests guests, IncomingTransfers transfers, TransferTimes times, params ManualResetEventSlim[] ended)
    {
        try
        {
            using (wire)
            {
                return new PreCopyReceiver(wire, guests, transfers, times).Run();
            }
        }
        finally
        {
            Array.ForEach(ended, gate => gate.Set());
        }
    }

    private sealed class First(PairedWires pair, ReadOnlyMemory<byte> said) : MemoryWire(said)
    {
        private bool _answered;

        public override int ReadSome(Span<byte> into)
        {
            if (_answered)
            {
                pair._joined.Wait();
            }

            return base.ReadSome(into);
        }

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            _answered = true;
            pair._ready.Set();
            base.Write(bytes);
        }
    }

    private sealed class Further(PairedWires pair, ReadOnlyMemory<byte> said) : MemoryWire(said)
    {
        public override int ReadSome(Span<byte> into)
        {
            pair._ready.Wait();
            int count = base.ReadSome(into);
            if (count == 0 && pair._joined.IsSet)
            {
                // A source keeps it open to the end; one that broke before it had joined does not.
                _ = WaitHandle.WaitAny([pair._over.WaitHandle, pair._aborted.WaitHandle]);
            }

            return count;
        }

        public override void Write(ReadOnlySpan<byte> bytes)
        {
            pair._joined.Set();
            base.Write(bytes);
        }

        public override void Abort() => pair._aborted.Set();
    }
}
