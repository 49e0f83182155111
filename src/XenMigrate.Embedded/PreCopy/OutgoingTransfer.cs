namespace XenMigrate.Embedded.PreCopy;

/// <summary>
/// A guest's move, at the source. The rule that it keeps: the guest runs here until it was paused, and may go on here
/// until the word to start it was sent; from then on only the destination's answer decides.
/// </summary>
internal sealed class OutgoingTransfer : IDisposable
{
    private static readonly TimeSpan s_pauseCost = TimeSpan.FromMilliseconds(1);

    private readonly EmbeddedGuest _guest;
    private readonly PreCopyOptions _options;
    private readonly bool _live;
    private readonly bool _wasRunning;
    private readonly TransferTimes _times;
    private readonly RoundReporter _reporter;
    private readonly OutgoingConnections _connections;
    private readonly OutgoingRounds _rounds;
    private readonly Guid _token = Guid.NewGuid();
    private RoundSender? _sender;
    private TimeSpan _fixedCost;
    private long _pausedAt;
    private bool _answered;
    private bool _suspended;
    private bool _committed;

    public OutgoingTransfer(
        EmbeddedGuest guest, PreCopyOptions options, bool live, Func<Wire> connect, Action<PreCopyReport> report, TransferTimes times)
    {
        _guest = guest;
        _options = options;
        _wasRunning = guest.Running;
        _live = live && _wasRunning;
        _times = times;
        _reporter = new RoundReporter(report);
        _connections = new OutgoingConnections(connect);
        _rounds = new OutgoingRounds(guest, options, times, _reporter, () => _connections.IsCancelled);
    }

    public RelocationResult Run(Func<Guid, bool?> askDestination, CancellationToken cancellationToken)
    {
        using GuestMemory.Lease lease = _guest.Memory.Use();
        using CancellationTokenRegistration registration = cancellationToken.Register(_connections.Cancel);
        RelocationResult result = Move(askDestination) with
        {
            Offline = _rounds.Verdict?.Decision == ConvergenceDecision.GoOffline,
            PredictedPause = _rounds.Verdict?.PredictedPause,
            Bytes = _sender?.BytesWritten ?? 0,
            Iterations = _reporter.Ended,
        };

        _reporter.Report(new PreCopyReport.TransferEnded(
            result.Outcome == RelocationOutcome.Moved, result.Offline, result.Pause, result.HeartbeatGap, result.Bytes, result.Reason));
        return result;
    }

    public void Dispose()
    {
        _reporter.Dispose();
        _connections.Dispose();
    }

    private RelocationResult Move(Func<Guid, bool?> askDestination)
    {
        try
        {
            Open();
            long[] pending = new long[_guest.Memory.Dirty.Words];
            _guest.Memory.Dirty.FillAll(pending);
            if (_live && _rounds.Run(_sender!, pending, _fixedCost) is { Decision: ConvergenceDecision.Abort } verdict)
            {
                _connections.LeaveCleanly();
                return new RelocationResult(RelocationOutcome.Stayed, verdict.Reason) { GaveUp = true };
            }

            return Suspend() ? Finish(pending) : Cancelled();
        }
        catch (GuestRefusedException e)
        {
            // Whenever it says so, it does not have the guest; what it says of a stream that we ended is no news.
            return _connections.IsCancelled ? Cancelled() : Stay($"the destination refused: {e.Message}");
        }
        catch (TransferException e) when (!_committed)
        {
            return _connections.IsCancelled ? Cancelled()
                : Stay(e.Message) with { Rejected = !_answered && _connections.All.Count > 0 && !IsSilence(e) };
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

    private void Open()
    {
        OutgoingConnection first = _connections.Add();
        _answered = true;
        IncomingGuest description = new(
            new DomainIdentity(_guest.Name, _guest.Uuid, _guest.Description), _guest.Memory.Pages, _guest.Cpu.Registers);
        first.Wire.Write(first.Frames.Begin(description, _token, _options.Connections, leavePaused: !_wasRunning));

        // The destination touches the memory before it answers.
        first.Expect(Replies.MemoryReady);
        while (_connections.All.Count < _options.Connections)
        {
            OutgoingConnection further = _connections.Add();
            further.Wire.Write(further.Frames.Join(_token));
            further.Expect(Replies.Joined);
        }

        foreach (OutgoingConnection connection in _connections.All)
        {
            connection.Wire.SetTimeout(_times.Silence);
        }

        first.Mark();
        long start = Stopwatch.GetTimestamp();
        first.Mark();
        _fixedCost = s_pauseCost + (3 * Stopwatch.GetElapsedTime(start));
        _sender = new RoundSender(
            _guest.Memory, _connections.All, _options.BandwidthLimit is { } limit ? new RateLimiter(limit) : null);
    }

    /// <summary>Pauses the guest, unless somebody cancelled before.</summary>
    private bool Suspend()
    {
        _suspended = _connections.CloseToCancelling();
        if (!_suspended)
        {
            return false;
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
        _reporter.Begin(_sender!);
        RoundOutcome outcome = _sender!.Send(_reporter.Ended.Count, pending, paused: true, limited: KeepLimit, () => false);

        OutgoingConnection first = _connections.First;
        VirtualRegisters registers = _guest.Cpu.Registers;
        first.Wire.Write(first.Frames.State(registers, _sender.Hashes.Digest(registers)));
        first.Expect(Replies.Whole);

        // From the first byte on nobody can say whether it arrived.
        _committed = true;
        first.Wire.Write(first.Frames.Commit());
        first.Expect(Replies.Running);
        TimeSpan pause = Stopwatch.GetElapsedTime(_pausedAt);

        ConvergenceVerdict verdict = _rounds.Verdict ?? new ConvergenceVerdict(ConvergenceDecision.StopAndCopy, TimeSpan.Zero, "");
        _reporter.End(outcome, 0, verdict with { Reason = "sent while the guest was paused" });
        return new RelocationResult(RelocationOutcome.Moved, _rounds.Verdict?.Reason ?? "it was moved while it was paused")
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

    private RelocationResult Cancelled()
    {
        _connections.LeaveCleanly();
        return new RelocationResult(RelocationOutcome.Stayed, "it was cancelled") { Cancelled = true };
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

    private RelocationResult Ask(Func<Guid, bool?> askDestination, string trouble)
    {
        // The connection is of no use any more, and must not bring the word to start it later.
        _connections.Abort();
        return askDestination(_token) switch
        {
            true => new RelocationResult(RelocationOutcome.Moved, $"{trouble}; the destination runs it"),
            false => Stay(trouble),
            null => new RelocationResult(
                RelocationOutcome.Unknown,
                $"{trouble}, after the destination was told to start the guest; nobody can tell whether it did, so it stays paused here"),
        };
    }
}
