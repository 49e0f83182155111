namespace XenMigrate.SaveHelper.Save;

/// <summary>
/// Carries what xc_domain_save writes to libxl's descriptor, on a thread of its own: counted, framed if the other end unframes,
/// and under a cap. When the save is aborted it closes its end, and the next write into the other one fails at once.
/// </summary>
internal sealed unsafe class StreamPump : IByteSink, IDisposable
{
    private const int SetPipeSize = 1031;
    private const int PipeSize = 1024 * 1024;

    private readonly AbortRequest _abort;
    private readonly BandwidthCap? _cap;
    private readonly FrameWriter? _frames;
    private readonly Outlet _outlet;
    private readonly ManualResetEventSlim _idle = new(true);
    private readonly Thread _thread;
    private readonly int _readEnd;
    private int _writeEnd;
    private bool _ended;
    private int _error;
    private long _wireBytes;
    private long _streamBytes;

    public StreamPump(int descriptor, AbortRequest abort, BandwidthCap? cap, Func<IByteSink, FrameWriter>? framing)
    {
        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends, OpenFlags.CloseOnExec) != 0)
        {
            throw new InvalidOperationException("there is no pipe: error " + Marshal.GetLastPInvokeError());
        }

        (_readEnd, _writeEnd) = (ends[0], ends[1]);
        _ = Libc.Control(_writeEnd, SetPipeSize, PipeSize);
        _abort = abort;
        _cap = cap;
        _frames = framing?.Invoke(this);
        _outlet = new Outlet(descriptor, abort.Wake);
        _thread = new Thread(Carry, 256 * 1024) { Name = "pump", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where xc_domain_save writes.</summary>
    public int WriteEnd => _writeEnd;

    /// <summary>Bytes on the wire so far.</summary>
    public long WireBytes => Interlocked.Read(ref _wireBytes);

    /// <summary>Bytes of the stream that were carried, but for zeros that were only named.</summary>
    public long DataBytes => Interlocked.Read(ref _streamBytes) - (_frames?.ZerosLeftOut ?? 0);

    /// <summary>Bytes on the wire per second without the cap, as far as that was measured.</summary>
    public double? FullBytesPerSecond => _cap?.FullBytesPerSecond;

    public void LastPass() => _cap?.LastPass();

    /// <summary>Waits until all that was written went out, or the stream broke. Only for who writes.</summary>
    public void Drain()
    {
        // What was written is in the pipe, or in the hands of the thread, which says so before it takes it.
        while (!Volatile.Read(ref _ended) && (Descriptors.Available(_readEnd) > 0 || !_idle.IsSet))
        {
            _ = _idle.Wait(10);
        }
    }

    /// <summary>The last byte was written: carries the rest, and the end. 0, or the error.</summary>
    public int Finish()
    {
        CloseWriteEnd();
        _thread.Join();
        return _error;
    }

    /// <summary>Part of the stream, on its way to the wire.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        if (_cap?.Pay(bytes.Length, _abort.Wake) == false)
        {
            return Errno.Cancelled;
        }

        int error = _outlet.Write(bytes);
        _ = Interlocked.Add(ref _wireBytes, error == 0 ? bytes.Length : 0);
        return error;
    }

    public void Dispose()
    {
        _ = Finish();
        _outlet.Dispose();
        _idle.Dispose();
    }

    private void Carry()
    {
        byte* room = (byte*)NativeMemory.Alloc(FrameFormat.LongestDelivery);
        _error = CarryAll(new Span<byte>(room, FrameFormat.LongestDelivery));
        NativeMemory.Free(room);
        if (_error != 0)
        {
            _abort.Ask(_error == Errno.Cancelled ? Errno.BrokenPipe : _error, "the stream broke");
        }

        Volatile.Write(ref _ended, true);
        _ = Libc.Close(_readEnd);
        _idle.Set();
    }

    private int CarryAll(Span<byte> room)
    {
        int error = _frames?.Begin() ?? 0;
        while (error == 0)
        {
            if (_abort.Wake.WaitWith(_readEnd, PollEvents.Readable, -1))
            {
                return Errno.Cancelled;
            }

            _idle.Reset();
            int read = Descriptors.Read(_readEnd, room);
            if (read <= 0)
            {
                return read < 0 ? Marshal.GetLastPInvokeError() : _frames?.End() ?? 0;
            }

            ReadOnlySpan<byte> bytes = room[..read];
            error = _frames is null ? Write(bytes) : _frames.Write(bytes);
            _ = Interlocked.Add(ref _streamBytes, read);
            _idle.Set();
        }

        return error;
    }

    private void CloseWriteEnd()
    {
        if (_writeEnd >= 0)
        {
            _ = Libc.Close(_writeEnd);
            _writeEnd = -1;
        }
    }
}
