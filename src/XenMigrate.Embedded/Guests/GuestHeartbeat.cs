namespace XenMigrate.Embedded.Guests;

/// <summary>
/// The heartbeat that a guest keeps in its own memory: page 0 has its counters and its name, page 1 the latest beats
/// (number and time stamp each). What it says about gaps it knows from its own clock alone. A guest may come in with
/// anything in its memory: that makes it talk nonsense, and do no harm.
/// </summary>
internal sealed class GuestHeartbeat(GuestMemory memory)
{
    /// <summary>The fewest pages a guest can have: counters, beats, a console, and one to work on.</summary>
    public const int FewestPages = 4;

    private const int BootedOffset = 8;
    private const int BeatsOffset = 16;
    private const int LastOffset = 24;
    private const int WallOffset = 32;
    private const int GapOffset = 40;
    private const int LinesOffset = 48;
    private const int NextLineOffset = 56;
    private const int NameOffset = 128;
    private const int LongestName = 255;
    private const int BeatSize = 16;
    private const long Second = 1_000_000_000;
    private const double LoudGap = 0.15;

    private string? _name;

    public GuestConsole Console { get; } = new(memory);

    /// <summary>The first page that a workload may write to.</summary>
    public int FirstFreePage => 2 + Console.Pages;

    /// <summary>Beats since the guest's start.</summary>
    public long Beats => Read(BeatsOffset);

    /// <summary>The longest time between two beats since the last reset.</summary>
    public TimeSpan LongestGap => TimeSpan.FromTicks(Read(GapOffset) / 100);

    /// <summary>Begins, when the guest boots.</summary>
    public void Start(string name, DateTimeOffset wall)
    {
        Span<byte> page = memory.Page(0);
        page.Clear();
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        int length = Math.Min(bytes.Length, LongestName);
        page[NameOffset] = (byte)length;
        bytes.AsSpan(0, length).CopyTo(page[(NameOffset + 1)..]);

        long now = GuestClock.Nanoseconds;
        Write(BootedOffset, now);
        Write(LastOffset, now);
        Write(NextLineOffset, now);
        Write(WallOffset, Microseconds(wall));
        memory.Dirty.Mark(0);
    }

    /// <summary>Forgets the longest gap; only while the guest stands still.</summary>
    public void ResetGap()
    {
        Write(GapOffset, 0);
        memory.Dirty.Mark(0);
    }

    /// <summary>One beat.</summary>
    public void Beat(DateTimeOffset wall)
    {
        long now = GuestClock.Nanoseconds;
        long microseconds = Microseconds(wall);
        long gap = now - Read(LastOffset);
        double seconds = gap / (double)Second;
        double wallSeconds = (microseconds - Read(WallOffset)) / 1e6;
        long beats = Read(BeatsOffset) + 1;

        Write(LastOffset, now);
        Write(WallOffset, microseconds);
        Write(GapOffset, Math.Max(gap, Read(GapOffset)));

        // The count last: who waited for the beat reads its gap next.
        Interlocked.MemoryBarrier();
        Write(BeatsOffset, beats);
        Log(beats, now);

        if (seconds > LoudGap || Math.Abs(wallSeconds) > LoudGap)
        {
            Say($"GAP wall {wallSeconds:0.000} s mono {seconds:0.000} s at {microseconds / 1e6:0.000}");
        }

        if (now >= Read(NextLineOffset))
        {
            long lines = Read(LinesOffset) + 1;
            Write(LinesOffset, lines);
            Write(NextLineOffset, now + Second - ((now - Read(NextLineOffset)) % Second));
            double up = (now - Read(BootedOffset)) / (double)Second;
            Say($"{wall.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} up {up:0.00} beat {lines}");
        }

        memory.Dirty.Mark(0);
    }

    private void Log(long beats, long now)
    {
        Span<byte> entry = memory.Page(1).Slice((int)((ulong)beats % (GuestMemory.PageSize / BeatSize)) * BeatSize, BeatSize);
        BinaryPrimitives.WriteInt64LittleEndian(entry, beats);
        BinaryPrimitives.WriteInt64LittleEndian(entry[sizeof(long)..], now);
        memory.Dirty.Mark(1);
    }

    private void Say(FormattableString words)
    {
        _name ??= Name();
        Console.WriteLine(_name + " " + words.ToString(CultureInfo.InvariantCulture));
    }

    private string Name() => Encoding.UTF8.GetString(memory.Page(0).Slice(NameOffset + 1, memory.Page(0)[NameOffset]));

    private static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;

    private long Read(int offset) => BinaryPrimitives.ReadInt64LittleEndian(memory.Page(0)[offset..]);

    private void Write(int offset, long value) => BinaryPrimitives.WriteInt64LittleEndian(memory.Page(0)[offset..], value);
}
