namespace XenMigrate.SaveHelper.Native;

/// <summary>
/// The descriptor that libxl gave for the stream, written to so that a bell ends even a write that nobody reads.
/// Its flags are libxl's, and shared with it, so they stay: a pipe is opened once more for that, a socket is asked not to wait
/// each time. A file needs neither.
/// </summary>
internal sealed unsafe class Outlet : IDisposable
{
    private const int SocketLevel = 1;
    private const int SocketType = 3;
    private const int CurrentPosition = 1;
    private const int DoNotWait = 0x40;
    private const int NoSignal = 0x4000;

    private readonly Wake _wake;
    private readonly int _descriptor;
    private readonly bool _isSocket;
    private readonly bool _isReopened;

    public Outlet(int descriptor, Wake wake)
    {
        _wake = wake;
        _descriptor = descriptor;
        int type;
        uint length = sizeof(int);
        _isSocket = Libc.GetSocketOption(descriptor, SocketLevel, SocketType, &type, &length) == 0;
        if (!_isSocket && Libc.Seek(descriptor, 0, CurrentPosition) < 0 && Marshal.GetLastPInvokeError() == Errno.IllegalSeek)
        {
            int own = Libc.Open(
                NativeText.Of($"/proc/self/fd/{descriptor}"), OpenFlags.WriteOnly | OpenFlags.NonBlocking | OpenFlags.CloseOnExec, 0);
            _isReopened = own >= 0;
            _descriptor = _isReopened ? own : descriptor;
        }
    }

    /// <summary>Writes all of it. 0, or the error: <see cref="Errno.Cancelled"/> if the bell rang.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            int done = 0;
            while (done < bytes.Length)
            {
                if (_wake.WaitWith(_descriptor, PollEvents.Writable, -1))
                {
                    return Errno.Cancelled;
                }

                nuint rest = (nuint)(bytes.Length - done);
                nint written = _isSocket
                    ? Libc.Send(_descriptor, start + done, rest, DoNotWait | NoSignal)
                    : Libc.Write(_descriptor, start + done, rest);
                if (written < 0 && Marshal.GetLastPInvokeError() is var error and not (Errno.Interrupted or Errno.TryAgain))
                {
                    return error;
                }

                done += (int)Math.Max(0, written);
            }
        }

        return 0;
    }

    public void Dispose()
    {
        if (_isReopened)
        {
            _ = Libc.Close(_descriptor);
        }
    }
}
