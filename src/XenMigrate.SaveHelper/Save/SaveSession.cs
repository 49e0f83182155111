namespace XenMigrate.SaveHelper.Save;

/// <summary>One save, from libxl's call to its end. All here but <see cref="ReportProgress"/> runs on one thread.</summary>
internal sealed unsafe class SaveSession(SaveArguments arguments, SaveSettings settings, XenVersion xen, XenLibraries libraries, AbortRequest abort)
{
    private readonly LibxlChannel _libxl = new(() => abort.Ask(Errno.BrokenPipe, "libxl is gone"));
    private readonly EventLog _events = new(arguments.Domain);
    private StreamPump _pump = null!;
    private LiveRounds _rounds = null!;
    private Credit2Throttle _throttle = null!;
    private Action<TimeSpan> _limitPause = null!;
    private RoundMeasure? _lastPass;
    private long _progressBytes;
    private long _progressAt = Stopwatch.GetTimestamp();
    private long _populated;
    private long _done;
    private long _total;

    /// <summary>Saves the domain and tells libxl how that ended.</summary>
    public void Run()
    {
        _libxl.Log(LogLevel.Debug, 0, "starting save");
        using SaveCallbacks callbacks = new(this, arguments, xen);
        void* handle = libraries.Open(callbacks.Logger);
        if (handle is null)
        {
            Complete(-1, Errno.InputOutput, "Xen's control interface can't be opened");
            return;
        }

        using GuardLeash guard = GuardLeash.Start(arguments.Domain, text => _libxl.Log(LogLevel.Warning, 0, text));
        _throttle = new Credit2Throttle(libraries, handle, arguments.Domain, guard, text => _libxl.Log(LogLevel.Information, 0, text));
        using StreamPump pump = StreamPumps.For(arguments, settings, abort, text => _libxl.Log(LogLevel.Warning, 0, text));
        _pump = pump;
        _populated = libraries.PopulatedPages(handle, arguments.Domain) ?? long.MaxValue;
        _rounds = new LiveRounds(settings.Options, pump, abort, _throttle, _populated, _events.Report);
        using (SaveWatch watch = new(arguments.Domain, abort, _rounds.GoOffline, ReportProgress))
        {
            _limitPause = watch.Limit;
            Save(handle, callbacks);
        }

        libraries.Close(handle);
    }

    public int Answer(uint iteration, long dirty) => _rounds.Answer(iteration, dirty);

    public int Ask(MessageKind kind) => _libxl.Ask(kind);

    public int SwitchQemuLogDirty(uint domain, uint enable) => _libxl.SwitchQemuLogDirty(domain, enable);

    public void Log(int level, int error, ReadOnlySpan<byte> context, ReadOnlySpan<byte> text) => _libxl.Log(level, error, context, text);

    public void Progress(ReadOnlySpan<byte> context, ReadOnlySpan<byte> what, ulong done, ulong total)
    {
        // The end of the stream is a step too, of 0 pages.
        if (total > 0)
        {
            Volatile.Write(ref _total, Math.Min((long)total, _populated));
            Volatile.Write(ref _done, Math.Min((long)done, _total));
        }

        _libxl.Progress(context, what, done, total);
    }

    /// <summary>Has libxl suspend the guest, whose time without running begins here.</summary>
    public int Suspend()
    {
        // What was sent while it ran goes out while it runs.
        _rounds.End();
        _throttle.Restore();
        if (!abort.TryStandStill())
        {
            return 0;
        }

        _pump.LastPass();
        long asked = Stopwatch.GetTimestamp();
        int suspended = _libxl.Ask(MessageKind.Suspend);
        if (suspended == 0)
        {
            abort.Ask(Errno.InputOutput, "the guest could not be suspended");
            return 0;
        }

        TimeSpan took = Stopwatch.GetElapsedTime(asked);
        if (settings.Options.EnforceDowntime && arguments.IsLive)
        {
            // What comes after the copy is part of the pause too, and can't be ended from here.
            TimeSpan left = settings.Options.MaximumDowntime - took - settings.Options.Fixed.Start;
            _limitPause(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        _lastPass = RoundMeasure.Begin(_pump, 0);
        _events.Report(new PreCopyReport.GuestSuspended(took));
        return suspended;
    }

    private void Save(void* handle, SaveCallbacks callbacks)
    {
        int result = libraries.Save(
            handle, _pump.WriteEnd, arguments.Domain, arguments.Flags, callbacks.Table, arguments.StreamType, arguments.Back, out int error);
        _throttle.Restore();
        if (result != 0)
        {
            abort.Ask(error != 0 ? error : Errno.InputOutput, "Xen's libraries gave up");
        }

        // libxl writes its own records behind ours as soon as it hears of the end: all must be out before.
        _ = _pump.Finish();
        if (abort.TryComplete())
        {
            ReportLastPass();
            Complete(0, 0, _rounds.Verdict?.Reason ?? "it was saved while it was paused");
        }
        else
        {
            _libxl.Log(LogLevel.Error, abort.Error, $"the save of domain {arguments.Domain} was given up: {abort.Reason}");
            Complete(-1, abort.Error, abort.Reason);
        }
    }

    private void ReportLastPass()
    {
        if (_lastPass is { } pass)
        {
            ConvergenceVerdict verdict = _rounds.Verdict ?? new ConvergenceVerdict(ConvergenceDecision.StopAndCopy, TimeSpan.Zero, "");
            _rounds.Tell(
                pass.End(_pump) with { Pages = _total }, 0, verdict with { Reason = "sent while the guest was paused" });
        }
    }

    private void Complete(int result, int error, string reason)
    {
        bool heard = _libxl.Complete(result, error);
        bool offline = _rounds?.Verdict?.Decision == ConvergenceDecision.GoOffline && _lastPass is not null;
        _events.Report(new PreCopyReport.TransferEnded(result == 0 && heard, offline, null, null, _pump?.WireBytes ?? 0, reason));
    }

    /// <summary>On the watch's thread.</summary>
    private void ReportProgress()
    {
        long bytes = _pump.WireBytes;
        long now = Stopwatch.GetTimestamp();
        double rate = (bytes - _progressBytes) / Math.Max(1e-3, Stopwatch.GetElapsedTime(_progressAt, now).TotalSeconds);
        (_progressBytes, _progressAt) = (bytes, now);
        long total = Volatile.Read(ref _total);
        _events.Report(new PreCopyReport.RoundProgress(_rounds.Number, Math.Min(Volatile.Read(ref _done), total), total, rate));
    }
}
