namespace XenMigrate.Embedded.PreCopy;

/// <summary>
/// A guest's move, at the source. The rule that it keeps: the guest runs here until it was paused, and may go on here
/// until the word to start it was sent; from then on only the destination's answer decides.
/// </summary>
internal sealed class OutgoingTransfer : IDisposable
{
    private static readonly TimeSpan s_pauseCost = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();
    private readonly EmbeddedGuest _guest;
    private readonly PreCopyOptions _options;
    private readonly bool _live;
    private readonly bool _wasRunning;
    private readonly TransferTimes _times;
    private readonly RoundReporter _reporter;
    private readonly List<OutgoingConnection> _connections = [];
    private readonly List<MigrationIteration> _iterations = [];
    private readonly Guid _token = Guid.NewGuid();
    private RoundSender? _sender;
    private ConvergenceVerdict? _verdict;
    private TimeSpan _fixedCost;
    private long _pausedAt;
    private bool _answered;
    private bool _cancelled;
    private bool _suspended;
    private bool _committed;

    public OutgoingTransfer(
        EmbeddedGuest guest, PreCopyOptions options, bool live, Action<PreCopyReport> report, TransferTimes times)
    {
        _guest = guest;
        _options = options;
        _wasRunning = guest.Running;
        _live = live && _wasRunning;
        _times = times;
        _reporter = new RoundReporter(report);
    }

    public RelocationResult Run(Func<Wire> connect, Func<Guid, Task<bool?>> askDestination, CancellationToken cancellationToken)
    {
        using GuestMemory.Lease lease = _guest.Memory.Use();
        using CancellationTokenRegistration registration = cancellationToken.Register(Cancel);
        RelocationResult result = Move(connect, askDestination) with
        {
            Offline = _verdict?.Decision == ConvergenceDecision.GoOffline,
            PredictedPause = _verdict?.PredictedPause,
            Bytes = _sender?.BytesWritten ?? 0,
            Iterations = _iterations,
        };

        _reporter.Report(new PreCopyReport.TransferEnded(
            result.Outcome == RelocationOutcome.Moved, result.Offline, result.Pause, result.HeartbeatGap, result.Bytes, result.Reason));
        return result;
    }

    public void Dispose()
    {
        _reporter.Dispose();
        _connections.ForEach(connection => connection.Dispose());
    }

    private RelocationResult Move(Func<Wire> connect, Func<Guid, Task<bool?>> askDestination)
    {
        try
        {
            Open(connect);
            long[] pending = new long[_guest.Memory.Dirty.Words];
            _guest.Memory.Dirty.FillAll(pending);
            if (_live && RunLiveRounds(pending) is { Decision: ConvergenceDecision.Abort } verdict)
            {
                LeaveCleanly();
                return new RelocationResult(RelocationOutcome.Stayed, verdict.Reason) { GaveUp = true };
            }

            return Suspend() ? Finish(pending) : Cancelled();
        }
        catch (GuestRefusedException e)
        {
            // Whenever it says so, it does not have the guest; what it says of a stream that we ended is no news.
            return Volatile.Read(ref _cancelled) && !_suspended ? Cancelled() : Stay($"the destination refused: {e.Message}");
        }
        catch (TransferException e) when (!_committed)
        {
            return Volatile.Read(ref _cancelled) && !_suspended ? Cancelled()
                : Stay(e.Message) with { Rejected = !_answered && _connections.Count > 0 && !IsSilence(e) };
        }
        catch (TransferException e)
        {
            return Ask(askDestination, e.Message);
        }
        catch (Exception) when (_suspended && _wasRunning && !_committed)
        {
            // A bug, or a reader of the reports that failed: the guest is not to suffer for it.
            _guest.Resume();
            throw;
        }
    }

    private void Open(Func<Wire> connect)
    {
        Connect(connect);
        _answered = true;
        OutgoingConnection first = _connections[0];
        IncomingGuest description = new(
            new DomainIdentity(_guest.Name, _guest.Uuid, _guest.Description), _guest.Memory.Pages, _guest.Cpu.Registers);
        first.Wire.Write(first.Frames.Begin(description, _token, _options.Connections, leavePaused: !_wasRunning));

        // The destination touches the memory before it answers.
        first.Expect(Replies.MemoryReady);
        while (_connections.Count < _options.Connections)
        {
            Connect(connect);
            _connections[^1].Wire.Write(_connections[^1].Frames.Join(_token));
            _connections[^1].Expect(Replies.Joined);
        }

        _connections.ForEach(connection => connection.Wire.SetTimeout(_times.Silence));
        first.Mark();
        long start = Stopwatch.GetTimestamp();
        first.Mark();
        _fixedCost = s_pauseCost + (3 * Stopwatch.GetElapsedTime(start));
        _sender = new RoundSender(
            _guest.Memory, _connections, _options.BandwidthLimit is { } limit ? new RateLimiter(limit) : null);
    }

    private void Connect(Func<Wire> connect)
    {
        OutgoingConnection connection = new(connect());
        lock (_gate)
        {
            _connections.Add(connection);
            if (_cancelled)
            {
                throw new TransferException("it was cancelled");
            }
        }

        connection.Open();
    }

    /// <summary>Rounds until the policy says how to end. What is left to send is in the set then.</summary>
    private ConvergenceVerdict RunLiveRounds(long[] pending)
    {
        ConvergenceLimits limits = ConvergenceLimits.From(_options, _guest.Memory.Bytes);
        List<ConvergenceRound> rounds = [];
        long start = Stopwatch.GetTimestamp();
        bool Stop() => Volatile.Read(ref _cancelled) || Stopwatch.GetElapsedTime(start) >= _options.TimeLimit;

        // All is sent anyway: what was written before does not count.
        _guest.Memory.Dirty.Harvest(new long[pending.Length]);
        double? fullRate = null;
        ConvergenceVerdict verdict;
        do
        {
            int number = rounds.Count;
            _reporter.Begin(number, _sender!);
            RoundOutcome outcome = SendLive(number, pending, ref fullRate, Stop);
            long[] dirty = new long[pending.Length];
            _guest.Memory.Dirty.Harvest(dirty);
            int dirtyPages = DirtyBitmap.Count(dirty);
            for (int i = 0; i < dirty.Length; i++)
            {
                pending[i] |= dirty[i];
            }

            rounds.Add(new ConvergenceRound(
                outcome.Bytes, outcome.Duration, DirtyBitmap.Count(pending), Stopwatch.GetElapsedTime(start), _fixedCost, fullRate));
            verdict = ConvergencePolicy.Decide(limits, rounds);
            _verdict = verdict;
            Ended(number, outcome, dirtyPages, verdict);
        }
        while (verdict.Decision == ConvergenceDecision.Continue && !Volatile.Read(ref _cancelled));

        return verdict;
    }

    private RoundOutcome SendLive(int number, long[] pending, ref double? fullRate, Func<bool> stop)
    {
        // While a low cap pays for the sample nothing is sent, which the destination must not take for a broken link.
        if (number > 0 || _options.BandwidthLimit is not { } cap || _options.KeepLimitWhilePaused
            || RoundSender.SampleBytes > cap * _times.Silence.TotalSeconds / 2)
        {
            return _sender!.Send(number, pending, paused: false, limited: true, stop);
        }

        long start = Stopwatch.GetTimestamp();
        long before = _sender!.BytesWritten;
        int pages = DirtyBitmap.Count(pending);
        fullRate = _sender.MeasureFullRate(pending);
        int sampled = pages - DirtyBitmap.Count(pending);
        RoundOutcome rest = _sender.Send(number, pending, paused: false, limited: true, stop);
        return new RoundOutcome(rest.Pages + sampled, _sender.BytesWritten - before, Stopwatch.GetElapsedTime(start));
    }

    private void Ended(int number, RoundOutcome outcome, int dirtyPages, ConvergenceVerdict verdict)
    {
        MigrationIteration iteration = new(
            number, outcome.Pages, outcome.Bytes, outcome.Duration, dirtyPages, verdict.PredictedPause, verdict.Decision, verdict.Reason);
        _iterations.Add(iteration);
        _reporter.Report(new PreCopyReport.RoundEnded(iteration));
    }

    /// <summary>Pauses the guest, unless somebody cancelled before.</summary>
    private bool Suspend()
    {
        lock (_gate)
        {
            if (_cancelled)
            {
                return false;
            }

            _suspended = true;
        }

        _pausedAt = Stopwatch.GetTimestamp();
        _guest.Pause();
        if (_wasRunning)
        {
            _guest.ResetGap();
            _reporter.Report(new PreCopyReport.GuestSuspended());
        }

        return true;
    }

    private RelocationResult Finish(long[] pending)
    {
        _guest.Memory.Dirty.Harvest(pending);
        int number = _iterations.Count;
        _reporter.Begin(number, _sender!);
        RoundOutcome outcome = _sender!.Send(number, pending, paused: true, limited: KeepLimit, () => false);

        OutgoingConnection first = _connections[0];
        VirtualRegisters registers = _guest.Cpu.Registers;
        first.Wire.Write(first.Frames.State(registers, _sender.Hashes.Digest(registers)));
        first.Expect(Replies.Whole);

        // From the first byte on nobody can say whether it arrived.
        _committed = true;
        first.Wire.Write(first.Frames.Commit());
        first.Expect(Replies.Running);
        TimeSpan pause = Stopwatch.GetElapsedTime(_pausedAt);

        ConvergenceVerdict verdict = _verdict ?? new ConvergenceVerdict(ConvergenceDecision.StopAndCopy, TimeSpan.Zero, "");
        Ended(number, outcome, 0, verdict with { Reason = "sent while the guest was paused" });
        return new RelocationResult(RelocationOutcome.Moved, _verdict?.Reason ?? "it was moved while it was paused")
        {
            Pause = _wasRunning ? pause : null,
            HeartbeatGap = _wasRunning ? FirstGap(first) : null,
        };
    }

    /// <summary>A move that was not to be live has no live rounds for a cap to spare the guest from; it holds all the same.</summary>
    private bool KeepLimit => _options.KeepLimitWhilePaused || !_live;

    private static TimeSpan? FirstGap(OutgoingConnection connection)
    {
        try
        {
            return Replies.ParseBeat(Replies.Next(connection.Wire));
        }
        catch (Exception e) when (e is TransferException or GuestRefusedException)
        {
            // It runs there; only the figure is lost.
            return null;
        }
    }

    private static bool IsSilence(TransferException e) =>
        e.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock };

    private void Cancel()
    {
        lock (_gate)
        {
            if (_suspended)
            {
                return;
            }

            Volatile.Write(ref _cancelled, true);

            // Who waits for the link wakes up; the destination sees the end, and forgets the guest.
            _connections.ForEach(connection => connection.Wire.EndWriting());
        }
    }

    private RelocationResult Cancelled()
    {
        LeaveCleanly();
        return new RelocationResult(RelocationOutcome.Stayed, "it was cancelled") { Cancelled = true };
    }

    /// <summary>Waits until the destination has seen that nothing comes any more, so that nothing is left there.</summary>
    private void LeaveCleanly()
    {
        foreach (OutgoingConnection connection in _connections)
        {
            connection.Wire.EndWriting();
        }

        try
        {
            foreach (OutgoingConnection connection in _connections)
            {
                byte[] rest = new byte[256];
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

    private RelocationResult Stay(string reason)
    {
        if (_suspended && _wasRunning)
        {
            _guest.Resume();
        }

        return new RelocationResult(RelocationOutcome.Stayed, reason)
        {
            Pause = _suspended && _wasRunning ? Stopwatch.GetElapsedTime(_pausedAt) : null,
        };
    }

    private RelocationResult Ask(Func<Guid, Task<bool?>> askDestination, string trouble)
    {
        // The connection is of no use any more, and must not bring the word to start it later.
        _connections.ForEach(connection => connection.Wire.Abort());
        return askDestination(_token).ConfigureAwait(false).GetAwaiter().GetResult() switch
        {
            true => new RelocationResult(RelocationOutcome.Moved, $"{trouble}; the destination runs it"),
            false => Stay(trouble),
            null => new RelocationResult(
                RelocationOutcome.Unknown,
                $"{trouble}, after the destination was told to start the guest; nobody can tell whether it did, so it stays paused here"),
        };
    }
}
