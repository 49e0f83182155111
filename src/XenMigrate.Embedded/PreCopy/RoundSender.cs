namespace XenMigrate.Embedded.PreCopy;

/// <summary>What became of a round.</summary>
internal sealed record RoundOutcome(long Pages, long Bytes, TimeSpan Duration);

/// <summary>Sends the pages of a round over all connections, batch after batch, whichever is free.</summary>
internal sealed class RoundSender(GuestMemory memory, IReadOnlyList<OutgoingConnection> connections, RateLimiter? limiter)
{
    // A second thread pays from here on.
    private const int WorthSharing = 2 * WireFormat.BatchPages;
    private const int SamplePages = WireFormat.BatchPages;
    private const int Samples = 2;

    // 1 MiB: what was hashed is still in the processor's cache when it is sent, and one call is long enough.
    private const int FreeBatch = 256;

    private readonly int[] _pages = new int[memory.Pages];
    private int _count;
    private int _cursor;
    private int _batch;
    private int _round;
    private bool _paused;
    private Func<bool> _stop = () => false;

    /// <summary>What <see cref="MeasureFullRate"/> sends at most, headers not counted.</summary>
    public const long SampleBytes = (long)Samples * SamplePages * GuestMemory.PageSize;

    /// <summary>The hashes of the pages, as they were sent last.</summary>
    public PageHashes Hashes { get; } = new(memory.Pages);

    /// <summary>Pages of the round under way that were sent, and how many it has.</summary>
    public (int Done, int All) Progress => (Math.Min(Volatile.Read(ref _cursor), _count), _count);

    public long BytesWritten => connections.Sum(connection => connection.Wire.BytesWritten);

    /// <summary>
    /// Sends the pages, and returns when the destination has them. What a stop left unsent stays in the set.
    /// </summary>
    public RoundOutcome Send(int round, long[] pending, bool paused, bool limited, Func<bool> stop)
    {
        long start = Stopwatch.GetTimestamp();
        long before = BytesWritten;
        RateLimiter? limit = limited ? limiter : null;
        _round = round;
        _paused = paused;
        _stop = stop;
        _cursor = 0;
        _count = DirtyBitmap.List(pending, _pages);
        _batch = limit is null ? FreeBatch : (int)Math.Clamp(limit.Chunk / GuestMemory.PageSize, 1, WireFormat.BatchPages);
        limit?.Restart();

        Share(limit);
        connections[0].Expect(Replies.Round(round));
        if (!paused)
        {
            limit?.Wait(stop);
        }

        KeepUnsent(pending);
        return new RoundOutcome(Math.Min(_cursor, _count), BytesWritten - before, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>
    /// The rate without a cap: a batch at full speed now and then, in debt to the cap, is the only way to know. The pages
    /// come from the set's beginning; null if they tell too little.
    /// </summary>
    public double? MeasureFullRate(long[] pending)
    {
        double? best = null;
        for (int attempt = 0; attempt < Samples; attempt++)
        {
            _count = DirtyBitmap.List(pending, _pages);
            if (_count < SamplePages)
            {
                return best;
            }

            long start = Stopwatch.GetTimestamp();
            long before = BytesWritten;
            connections[0].SendBatch(memory, Hashes, _pages.AsSpan(0, SamplePages), 0, paused: false);
            connections[0].Mark();
            long bytes = BytesWritten - before;
            limiter?.Spend(bytes);
            double rate = bytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = bytes < SamplePages * (long)GuestMemory.PageSize / 4 ? best : Math.Max(rate, best ?? 0);
            foreach (int pfn in _pages.AsSpan(0, SamplePages))
            {
                pending[pfn >> 6] &= ~(1L << (pfn & 63));
            }
        }

        return best;
    }

    private void Share(RateLimiter? limit)
    {
        List<Exception> failures = [];
        Thread[] threads = [.. connections.Skip(1).Where(_ => _count >= WorthSharing).Select(connection => new Thread(() =>
        {
            try
            {
                Send(connection, limit);
            }
            catch (TransferException e)
            {
                lock (failures)
                {
                    failures.Add(e);
                }

                connections[0].Wire.Abort();
            }
        }) { IsBackground = true, Name = "pre-copy" })];

        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        try
        {
            Send(connections[0], limit);
        }
        catch (TransferException)
        {
            foreach (OutgoingConnection connection in connections.Skip(1))
            {
                connection.Wire.Abort();
            }

            throw;
        }
        finally
        {
            foreach (Thread thread in threads)
            {
                thread.Join();
            }
        }

        if (failures.Count > 0)
        {
            throw new TransferException(failures[0].Message, failures[0]);
        }

        foreach (OutgoingConnection connection in connections)
        {
            connection.EndRound(_round);
        }
    }

    private void Send(OutgoingConnection connection, RateLimiter? limit)
    {
        while (true)
        {
            limit?.Wait(_stop);
            if (_stop())
            {
                return;
            }

            int start = Interlocked.Add(ref _cursor, _batch) - _batch;
            if (start >= _count)
            {
                return;
            }

            ReadOnlySpan<int> pages = _pages.AsSpan(start, Math.Min(_batch, _count - start));
            long bytes = connection.SendBatch(memory, Hashes, pages, _round, _paused);
            limit?.Spend(bytes);
        }
    }

    private void KeepUnsent(long[] pending)
    {
        Array.Clear(pending);
        for (int i = _cursor; i < _count; i++)
        {
            pending[_pages[i] >> 6] |= 1L << (_pages[i] & 63);
        }
    }
}
