namespace XenMigrate.Embedded.Guests;

/// <summary>
/// A guest's processor: a thread that beats once a millisecond and writes whole pages at the workload's rate. Its state
/// is the memory and the registers, nothing else, so it goes on elsewhere as if nothing had happened.
/// </summary>
internal sealed class VirtualCpu : IDisposable
{
    private const double MostCatchUp = 0.25;

    private readonly object _gate = new();
    private readonly GuestMemory _memory;
    private readonly GuestHeartbeat _heartbeat;
    private readonly Func<DateTimeOffset> _wallClock;
    private VirtualRegisters _registers;
    private Thread? _thread;
    private bool _stop;
    private long _busyNanoseconds;

    /// <param name="wallClock">The time of day of the host that it runs on.</param>
    public VirtualCpu(GuestMemory memory, VirtualRegisters registers, Func<DateTimeOffset> wallClock)
    {
        _memory = memory;
        _heartbeat = new GuestHeartbeat(memory);
        _registers = registers;
        _wallClock = wallClock;
    }

    public bool Running => Volatile.Read(ref _thread) is not null;

    /// <summary>The registers; current only while the processor stands still.</summary>
    public VirtualRegisters Registers
    {
        get => Volatile.Read(ref _registers);
        set => Volatile.Write(ref _registers, value);
    }

    /// <summary>Processor time that the guest has used, roughly: what it was not asleep.</summary>
    public TimeSpan BusyTime => TimeSpan.FromTicks(Interlocked.Read(ref _busyNanoseconds) / 100);

    /// <summary>Starts it, or goes on.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (_thread is not null)
            {
                return;
            }

            _stop = false;
            GuestMemory.Lease lease = _memory.Use();
            Thread thread = new(() => Run(lease)) { IsBackground = true, Name = "guest" };
            _thread = thread;
            thread.Start();
        }
    }

    /// <summary>Stops it, and returns when it stands still: from then on nobody writes to the memory.</summary>
    public void Pause()
    {
        Thread? thread;
        lock (_gate)
        {
            thread = _thread;
            Volatile.Write(ref _stop, true);
            Monitor.PulseAll(_gate);
        }

        thread?.Join();
        lock (_gate)
        {
            if (_thread == thread)
            {
                _thread = null;
            }
        }
    }

    public void Dispose() => Pause();

    private void Run(GuestMemory.Lease lease)
    {
        using (lease)
        {
            VirtualRegisters registers = _registers;
            double pagesPerNanosecond = registers.Workload.DirtyBytesPerSecond / (GuestMemory.PageSize * 1e9);
            double credit = 0;
            long last = GuestClock.Nanoseconds;

            while (!Volatile.Read(ref _stop))
            {
                _heartbeat.Beat(_wallClock());
                long now = GuestClock.Nanoseconds;
                credit = Math.Min(credit + ((now - last) * pagesPerNanosecond), MostCatchUp * 1e9 * pagesPerNanosecond);
                last = now;
                registers = Work(registers, ref credit);
                _ = Interlocked.Add(ref _busyNanoseconds, GuestClock.Nanoseconds - now);
                if (credit < 1)
                {
                    Nap();
                }
            }

            Registers = registers;
        }
    }

    /// <summary>Writes what is due, for about a millisecond at most, so that the beats go on.</summary>
    private VirtualRegisters Work(VirtualRegisters registers, ref double credit)
    {
        int first = _heartbeat.FirstFreePage;
        int pages = Math.Min(registers.Workload.WorkingSetPages, _memory.Pages - first);
        if (pages <= 0)
        {
            credit = 0;
            return registers;
        }

        long cursor = registers.Cursor % pages;
        long written = registers.Written;
        long until = GuestClock.Nanoseconds + 1_000_000;
        while (credit >= 1 && !Volatile.Read(ref _stop))
        {
            int pfn = first + (int)cursor;
            Write(pfn, ++written);
            cursor = cursor + 1 == pages ? 0 : cursor + 1;
            credit--;
            if ((written & 15) == 0 && GuestClock.Nanoseconds > until)
            {
                break;
            }
        }

        return registers with { Cursor = cursor, Written = written };
    }

    /// <summary>Store first, mark second. The value is new each time, so that an old copy of a page shows.</summary>
    private void Write(int pfn, long value)
    {
        MemoryMarshal.Cast<byte, long>(_memory.Page(pfn)).Fill(value);
        _memory.Dirty.Mark(pfn);
    }

    private void Nap()
    {
        lock (_gate)
        {
            if (!_stop)
            {
                _ = Monitor.Wait(_gate, 1);
            }
        }
    }
}
