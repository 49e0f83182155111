namespace XenMigrate.Simulation.Hosts;

/// <summary>A Xen host with what it holds.</summary>
internal sealed class SimulatedHost(World world, string name, string address, int nextId)
{
    private readonly List<Copy> _copies = [];
    private readonly List<HostProcess> _processes = [];
    private int _boots;
    private int _nextId = nextId;
    private int _nextProcess = 1000;
    private TimeSpan _hungUntil;
    private TimeSpan _upAt;
    private TimeSpan _bootedAt;

    public World World { get; } = world;

    public string Name { get; } = name;

    public string Address { get; } = address;

    public IReadOnlyList<Copy> Copies => _copies;

    public IReadOnlyList<HostProcess> Processes => _processes;

    /// <summary>Who works on its guests.</summary>
    public LeaseBook Leases => field ??= new LeaseBook(() => World.Now - _bootedAt, () => BootId);

    /// <summary>Linux's random id of this boot.</summary>
    public string BootId => string.Create(CultureInfo.InvariantCulture, $"{Name[0] - 'a' + 1:00000000}-0000-4000-8000-{_boots:000000000000}");

    public bool WasBooted => _boots > 0;

    public bool IsUp => World.Now >= _upAt;

    public bool Hangs => World.Now < _hungUntil;

    /// <summary>Whether its xl has a command that wakes a suspended guest.</summary>
    public bool CanResume { get; init; }

    /// <summary>How far its clock is off.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Done when it goes down.</summary>
    public event Action? WentDown;

    /// <summary>Writes into the log of xend, which whoever follows it reads.</summary>
    public void Log(string line) => Logged?.Invoke(line);

    /// <summary>Done with each line of the log.</summary>
    public event Action<string>? Logged;

    /// <summary>Lets time pass on this host; after its end, for ever.</summary>
    public Task WaitAsync(TimeSpan time)
    {
        TaskCompletionSource passed = new();
        After(time, passed.SetResult);
        return passed.Task;
    }

    /// <summary>Something happens here after a time; later, if the host hangs by then, and not at all, if it was booted meanwhile.</summary>
    public void After(TimeSpan time, Action happens)
    {
        int boot = _boots;
        World.Timeline.After(time, () =>
        {
            if (boot != _boots)
            {
                return;
            }

            if (Hangs)
            {
                After(_hungUntil - World.Now, happens);
                return;
            }

            happens();
        });
    }

    public Copy Add(string guestName, GuestTruth guest, long memory)
    {
        Copy copy = new(_nextId++, guestName, guest, memory);
        _copies.Add(copy);
        return copy;
    }

    public void Remove(Copy copy, string who)
    {
        World.Log($"{Name}: {copy} is gone, by {who}");
        World.Changed(who);
        copy.Become(CopyState.Gone, World.Now);
        _ = _copies.Remove(copy);
    }

    public Copy? Find(string id) => _copies.Find(copy => copy.Id.ToString(CultureInfo.InvariantCulture) == id);

    public HostProcess Start(string program, string words)
    {
        HostProcess process = new(this, _nextProcess++, program, words);
        _processes.Add(process);
        return process;
    }

    public HostProcess? Process(string id) => _processes.Find(process => process.Id.ToString(CultureInfo.InvariantCulture) == id);

    public void Forget(HostProcess process) => _ = _processes.Remove(process);

    public void Hang(TimeSpan time) => _hungUntil = World.Now + time;

    /// <summary>All that ran here is lost, and what was on its disks is not.</summary>
    public void Reboot(TimeSpan time)
    {
        foreach (Copy copy in _copies.ToArray())
        {
            Remove(copy, "the host's end");
        }

        _boots++;
        _bootedAt = World.Now;
        _nextId = 1;
        _hungUntil = TimeSpan.Zero;
        _upAt = World.Now + time;
        foreach (HostProcess process in _processes.ToArray())
        {
            process.End();
        }

        WentDown?.Invoke();
    }

    /// <summary>No more trouble.</summary>
    public void Heal()
    {
        _hungUntil = TimeSpan.Zero;
    }

    public override string ToString() => Name;
}
