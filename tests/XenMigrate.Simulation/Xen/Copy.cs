namespace XenMigrate.Simulation.Xen;

/// <summary>How a copy of a guest stands.</summary>
internal enum CopyState
{
    /// <summary>Its memory is not all there yet.</summary>
    Building,
    Running,
    Paused,
    Suspended,
    ShutDown,
    Crashed,

    /// <summary>It is there no more.</summary>
    Gone,
}

/// <summary>A domain: one copy of a guest on one host.</summary>
internal sealed class Copy(int id, string name, GuestTruth guest, long memory)
{
    // Seconds of CPU time a second of running takes: a guest that does much, so that a tenth of a second of running shows.
    private const double Busy = 0.9;

    private double _used;

    public int Id { get; } = id;

    public string Name { get; set; } = name;

    public GuestTruth Guest { get; } = guest;

    public CopyState State { get; private set; } = CopyState.Building;

    /// <summary>Which state of the guest's disks its memory knows of.</summary>
    public long Memory { get; set; } = memory;

    /// <summary>Since when it runs.</summary>
    private TimeSpan Since { get; set; }

    public bool Runs => State == CopyState.Running;

    public bool IsThere => State != CopyState.Gone;

    /// <summary>Whether all of the guest is in it, and nothing newer anywhere.</summary>
    public bool IsCurrent => IsThere && State is not (CopyState.Building or CopyState.ShutDown or CopyState.Crashed) && Memory == Guest.Disks;

    public void Become(CopyState state, TimeSpan now)
    {
        _used = UsedAt(now);
        Since = now;
        State = state;
    }

    /// <summary>Seconds of CPU time it used.</summary>
    public double UsedAt(TimeSpan now) => _used + (Runs ? (now - Since).TotalSeconds * Busy : 0);

    public void UsedBefore(double seconds) => _used = seconds;

    /// <summary>The six letters of <c>xl list</c>.</summary>
    public string Letters => State switch
    {
        CopyState.Running => "-b----",
        CopyState.Building or CopyState.Paused => "--p---",
        CopyState.Suspended => "---ss-",
        CopyState.Crashed => "---sc-",
        _ => "---s--",
    };

    /// <summary>The word of the guarding script's for its state.</summary>
    public string Word => State switch
    {
        CopyState.Running => "running",
        CopyState.Building or CopyState.Paused => "paused",
        CopyState.Suspended => "suspended",
        CopyState.Crashed => "crashed",
        _ => "shutdown",
    };

    public override string ToString() => $"{Name} (id {Id}, {State}, memory {Memory} of {Guest.Disks})";
}
