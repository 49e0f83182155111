namespace XenMigrate.Embedded.Dom0;

/// <summary>A guest on its host, as the hypervisor and xend see it.</summary>
internal sealed class Domain(int id, DomainConfiguration configuration, EmbeddedGuest guest, DateTimeOffset startedAt)
{
    private string? _busyWith;

    public int Id { get; } = id;

    public DomainConfiguration Configuration { get; set; } = configuration;

    public EmbeddedGuest Guest { get; } = guest;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public TimeSpan CpuTime => Guest.Cpu.BusyTime;

    /// <summary>Whether it gave up its devices to be moved or saved.</summary>
    public bool IsSuspended { get; set; }

    /// <summary>Whether its memory comes in still: it gets its processors at the end.</summary>
    public bool IsComing { get; set; }

    /// <summary>Whether its host lost power under it: whoever works on it lets it go, and nothing else.</summary>
    public bool IsLost { get; set; }

    /// <summary>Whether it was destroyed: whoever found it a moment before finds nothing to work on.</summary>
    public bool IsGone { get; set; }

    public string? BusyWith => Volatile.Read(ref _busyWith);

    /// <summary>xm's six letters.</summary>
    public string State =>
        IsSuspended ? "---s--"
        : !Guest.Running ? "--p---"
        : Configuration.Workload.DirtyBytesPerSecond > 0 ? "r-----"
        : "-b----";

    /// <summary>Nobody else may change it until <see cref="End"/>.</summary>
    /// <exception cref="XendException">Somebody else is at it, or it is gone.</exception>
    public void Begin(string what)
    {
        if (Interlocked.CompareExchange(ref _busyWith, what, null) is { } other)
        {
            throw new XendException($"Domain '{Guest.Name}' is busy: {other}");
        }

        if (IsGone)
        {
            End();
            throw new XendException($"Domain '{Id}' does not exist.");
        }
    }

    public void End() => Volatile.Write(ref _busyWith, null);
}
