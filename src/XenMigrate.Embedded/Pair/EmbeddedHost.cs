namespace XenMigrate.Embedded.Pair;

/// <summary>One dom0 of the pair: its files, its guests, its xend, and everything that can be wrong with it.</summary>
internal sealed class EmbeddedHost : IDisposable
{
    private readonly EmbeddedPair _pair;
    private readonly object _lock = new();
    private readonly List<Task> _running = [];
    private CancellationTokenSource _connections = new();

    public EmbeddedHost(EmbeddedPair pair, HostProfile profile, EmbeddedNetwork network, HostFiles files, FileTree sharedStorage)
    {
        SharedStorage = sharedStorage;
        _pair = pair;
        Profile = profile;
        Network = network;
        Files = files;
        Log = new XendLog(files, Now, profile.XendProcess);
        Consoles = new GuestConsoles(files);
        Bridge = new HostBridge(files);
        Domains = new XendDomains(this);
        Xend = new XendDaemon(this);
        Faults = new EmbeddedFaults(this);
        BootedAt = pair.Timing.Now() - profile.UpSince;
    }

    public HostProfile Profile { get; }

    public EmbeddedNetwork Network { get; }

    public HostFiles Files { get; }

    /// <summary>The file system that both hosts can mount.</summary>
    public FileTree SharedStorage { get; }

    public ProgramTable Programs { get; } = ProgramTable.Installed;

    public ProcessList Processes { get; } = new();

    /// <summary>Who works on its guests.</summary>
    public LeaseBook Leases => field ??= new LeaseBook(_pair.Timing.Elapsed, () => BootId.ToString());

    public Hypervisor Hypervisor { get; } = new();

    public XendLog Log { get; }

    public GuestConsoles Consoles { get; }

    public XendDomains Domains { get; }

    public XendDaemon Xend { get; }

    /// <summary>What is broken on purpose.</summary>
    public EmbeddedFaults Faults { get; }

    public TransferTimes Times => _pair.Times;

    /// <inheritdoc cref="EmbeddedPair.JournalFolder"/>
    public string JournalFolder => _pair.JournalFolder;

    /// <summary>The bridge that its guests are plugged into.</summary>
    public HostBridge Bridge { get; }

    /// <summary>This host's clock minus the machine's.</summary>
    public TimeSpan ClockOffset { get; set; }

    public HostProcessor Processor { get; set; } = HostProcessor.Xeon;

    /// <summary>The version that its hypervisor tells.</summary>
    public HypervisorVersion Xen { get; set; } = HypervisorVersion.Usual;

    /// <summary>Whether it was installed anew with xl, which has taken xend's place since Xen 4.5.</summary>
    public bool HasXl { get; set; }

    /// <summary>Whether ntpd reaches a server.</summary>
    public bool HasTimeServer { get; set; } = true;

    /// <summary>Whether the kernels of the guests here tell that they can be suspended.</summary>
    public bool GuestsOfferSuspend { get; set; } = true;

    public Guid BootId { get; private set; } = Guid.NewGuid();

    public DateTimeOffset BootedAt { get; set; }

    public bool IsOn { get; private set; } = true;

    /// <summary>Cancelled when every session to this host breaks.</summary>
    public CancellationToken ConnectionLost => _connections.Token;

    /// <summary>The time of day, as this host has it.</summary>
    public DateTimeOffset Now() => _pair.Timing.Now() + ClockOffset;

    public EmbeddedHost Peer(HostProfile profile) => _pair.Host(profile.Name);

    /// <summary>Breaks the sessions to this host; what they started goes on.</summary>
    public void DropConnections()
    {
        CancellationTokenSource old = Interlocked.Exchange(ref _connections, new CancellationTokenSource());
        old.Cancel();
    }

    /// <summary>Pulls the plug: sessions break, guests are gone.</summary>
    /// <param name="how">Whether the other host learns of it, as it does not of a real one: for connections over a link that was slowed.</param>
    public void PowerOff(LinkCut how = LinkCut.Reset)
    {
        IsOn = false;
        // First: who waits for a command learns that the host is gone, not what became of the command.
        DropConnections();
        Network.SetPower(Profile.Address, isOn: false, how);
        foreach (Domain domain in Hypervisor.Domains)
        {
            domain.IsLost = true;
            ReleaseIfLost(domain);
        }

        Xend.Stop();
    }

    /// <summary>Boots it again; xend starts, guests don't.</summary>
    public void PowerOn()
    {
        Network.SetPower(Profile.Address, isOn: true);
        BootId = Guid.NewGuid();
        BootedAt = _pair.Timing.Now();
        IsOn = true;
        _ = Xend.Start();
    }

    /// <summary>Removes a guest that its host lost, unless somebody still works on it.</summary>
    public void ReleaseIfLost(Domain domain)
    {
        if (domain.IsLost && domain.BusyWith is null)
        {
            Hypervisor.Remove(domain);
        }
    }

    /// <summary>Remembers what runs here, so that nothing outlives the pair.</summary>
    public void Keep(Task running)
    {
        lock (_lock)
        {
            _ = _running.RemoveAll(task => task.IsCompleted);
            _running.Add(running);
        }
    }

    public void Dispose()
    {
        PowerOff();
        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        _ = Task.WaitAny(Task.WhenAll(running), Task.Delay(TimeSpan.FromSeconds(5)));
        foreach (Domain domain in Hypervisor.Domains)
        {
            domain.Guest.Dispose();
        }

        Files.Dispose();
    }
}
