namespace XenMigrate.Embedded.Pair;

/// <summary>One dom0 of the pair: what is on it, who is connected to it, and everything that can be wrong with it.</summary>
internal sealed class EmbeddedHost : IDisposable
{
    private readonly object _lock = new();
    private readonly List<Task> _running = [];
    private CancellationTokenSource _connections = new();

    /// <param name="peer">Either host of the pair.</param>
    public EmbeddedHost(ControlDomain dom0, TransferTimes times, Func<HostProfile, EmbeddedHost> peer)
    {
        Dom0 = dom0;
        Peer = peer;
        Domains = new XendDomains(dom0);
        Xend = new XendDaemon(dom0, times);
        Faults = new EmbeddedFaults(this);
    }

    public ControlDomain Dom0 { get; }

    public Machine Machine => Dom0.Machine;

    public HostProfile Profile => Machine.Profile;

    public HostFiles Files => Dom0.Files;

    public Hypervisor Hypervisor => Dom0.Hypervisor;

    public XendDomains Domains { get; }

    public XendDaemon Xend { get; }

    public ProgramTable Programs { get; } = new();

    /// <summary>What is broken on purpose.</summary>
    public EmbeddedFaults Faults { get; }

    public Func<HostProfile, EmbeddedHost> Peer { get; }

    /// <summary>Cancelled when every session to this host breaks.</summary>
    public CancellationToken ConnectionLost => _connections.Token;

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
        Machine.PowerOff();
        // First: who waits for a command learns that the host is gone, not what became of the command.
        DropConnections();
        Dom0.Network.SetPower(Profile.Address, isOn: false, how);
        foreach (Domain domain in Hypervisor.Domains)
        {
            domain.IsLost = true;
            Hypervisor.ReleaseIfLost(domain);
        }

        Xend.Stop();
    }

    /// <summary>Boots it again; xend starts, guests don't.</summary>
    public void PowerOn()
    {
        Dom0.Network.SetPower(Profile.Address, isOn: true);
        Machine.Boot();
        _ = Xend.Start();
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
