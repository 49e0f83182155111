namespace XenMigrate.SaveHelper.Native;

/// <summary>Whole reads and writes on descriptors, whatever interrupts them.</summary>
internal static unsafe class Descriptors
{
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private const nuint BytesToRead = 0x541B;

    /// <summary>Writes all of it; false if it can't, and the last error says why.</summary>
    public static bool WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            int done = 0;
            while (done < bytes.Length)
            {
                nint written = Libc.Write(descriptor, start + done, (nuint)(bytes.Length - done));
                if (written >= 0)
                {
                    done += (int)written;
                }
                else if (!MayGoOn(descriptor, PollEvents.Writable))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Reads what there is, at least one byte; 0 at the end, -1 if it can't.</summary>
    public static int Read(int descriptor, Span<byte> into)
    {
        fixed (byte* start = into)
        {
            while (true)
            {
                nint read = Libc.Read(descriptor, start, (nuint)into.Length);
                if (read >= 0 || !MayGoOn(descriptor, PollEvents.Readable))
                {
                    return (int)read;
                }
            }
        }
    }

    /// <summary>Fills it; false if the end or an error came first.</summary>
    public static bool ReadAll(int descriptor, Span<byte> into)
    {
        while (into.Length > 0)
        {
            int read = Read(descriptor, into);
            if (read <= 0)
            {
                return false;
            }

            into = into[read..];
        }

        return true;
    }

    /// <summary>What can be read without waiting.</summary>
    public static int Available(int descriptor)
    {
        int count = 0;
        return Libc.DeviceControl(descriptor, BytesToRead, &count) == 0 ? count : 0;
    }

    public static void KeepFromChildren(int descriptor) => _ = Libc.Control(descriptor, SetDescriptorFlags, CloseOnExec);

    public static void GiveToChildren(int descriptor) => _ = Libc.Control(descriptor, SetDescriptorFlags, 0);

    /// <summary>Waits for the events, or hang-ups; at most so long, or for ever if negative.</summary>
    public static short Wait(int descriptor, short events, int milliseconds)
    {
        PollEntry entry = new() { Descriptor = descriptor, Wanted = events };
        return Libc.Poll(&entry, 1, milliseconds) > 0 ? entry.Seen : (short)0;
    }

    private static bool MayGoOn(int descriptor, short events)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error == Errno.TryAgain)
        {
            _ = Wait(descriptor, events, -1);
        }

        return error is Errno.Interrupted or Errno.TryAgain;
    }
}
