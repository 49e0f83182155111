namespace XenMigrate.SaveHelper.Save;

/// <summary>
/// What goes on round a save: signals, words told, the end of libxl, the limit of the pause, and twice a second a word about
/// progress. All of it on threads beside the one that is inside xc_domain_save.
/// </summary>
internal sealed unsafe class SaveWatch : IDisposable
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Wake _changed = new();
    private readonly ControlPipe _control;
    private readonly AbortRequest _abort;
    private readonly Action _goOffline;
    private readonly Action _progress;
    private readonly Thread _thread;
    private long _deadline = long.MaxValue;
    private volatile bool _over;

    public SaveWatch(uint domain, AbortRequest abort, Action goOffline, Action progress)
    {
        _abort = abort;
        _goOffline = goOffline;
        _progress = progress;
        _control = new ControlPipe(domain);
        Catch(PosixSignal.SIGTERM);
        Catch(PosixSignal.SIGINT);
        Catch(PosixSignal.SIGHUP);
        _thread = new Thread(Watch, 256 * 1024) { Name = "watch", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Aborts the save unless it is over within this time from now.</summary>
    public void Limit(TimeSpan time)
    {
        _ = Interlocked.Exchange(ref _deadline, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
        _changed.Ring();
    }

    public void Dispose()
    {
        _over = true;
        _changed.Ring();
        _thread.Join();
        _control.Dispose();
        _changed.Dispose();
    }

    private void Catch(PosixSignal signal) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _abort.Ask(Errno.Cancelled, $"it was ended by {signal}");
    }));

    private void Watch()
    {
        long next = Stopwatch.GetTimestamp() + Ticks(s_interval);
        PollEntry* entries = stackalloc PollEntry[4];
        entries[0] = new PollEntry { Descriptor = _changed.Descriptor, Wanted = PollEvents.Readable };
        entries[1] = new PollEntry { Descriptor = _control.Descriptor, Wanted = PollEvents.Readable };
        entries[2] = new PollEntry { Descriptor = StandardInput, Wanted = PollEvents.PeerHungUp };
        entries[3] = new PollEntry { Descriptor = StandardOutput };
        while (!_over)
        {
            long deadline = Math.Min(next, Interlocked.Read(ref _deadline));
            if (Libc.Poll(entries, 4, Milliseconds(deadline - Stopwatch.GetTimestamp())) > 0)
            {
                Look(entries);
            }

            next = LookAtTime(next);
        }
    }

    private void Look(PollEntry* entries)
    {
        const short Gone = PollEvents.HungUp | PollEvents.PeerHungUp | PollEvents.Error;
        if (entries[0].Seen != 0)
        {
            _changed.Clear();
        }

        if (entries[1].Seen != 0)
        {
            Array.ForEach(_control.Read(), Obey);
        }

        for (int i = 2; i < 4; i++)
        {
            if ((entries[i].Seen & Gone) != 0)
            {
                entries[i].Descriptor = -1;
                _abort.Ask(Errno.BrokenPipe, "libxl is gone");
            }
        }
    }

    private void Obey(string word)
    {
        const string Requested = "it was told to stop";
        switch (word)
        {
            case "abort":
                _abort.Ask(Errno.Cancelled, Requested);
                break;
            case "abort-live":
                _abort.AskIfRunning(Errno.Cancelled, Requested);
                break;
            case "offline":
                _goOffline();
                break;
        }
    }

    private long LookAtTime(long next)
    {
        long now = Stopwatch.GetTimestamp();
        if (now >= Interlocked.Read(ref _deadline))
        {
            _ = Interlocked.Exchange(ref _deadline, long.MaxValue);
            _abort.Ask(Errno.OutOfTime, PreCopyReport.PauseTooLong);
        }

        if (now < next || _over)
        {
            return next;
        }

        _progress();
        return now + Ticks(s_interval);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static int Milliseconds(long ticks) => (int)Math.Clamp((ticks * 1000 / Stopwatch.Frequency) + 1, 0, 1000);
}
