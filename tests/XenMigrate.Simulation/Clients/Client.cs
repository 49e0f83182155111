namespace XenMigrate.Simulation.Clients;

/// <summary>
/// A machine on which the engine runs, with its connections. When it is killed, nothing that it waits for ever comes, so not
/// even its cleanup runs.
/// </summary>
internal sealed class Client
{
    private readonly World _world;
    private readonly List<Execution> _open = [];
    private readonly Dictionary<SimulatedHost, TimeSpan> _cutOff = [];
    private readonly List<JournalWriter> _journals = [];
    private TimeSpan? _late;
    private bool _cut;
    private bool _double;
    private bool _isDiskFull;

    /// <param name="world">Where it is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="journalFolder">Where its user keeps journals; null for a user without a home.</param>
    public Client(World world, string name, string? journalFolder)
    {
        JournalFolder = journalFolder;
        _world = world;
        Name = name;
        Timing = new Timing(() => Timeline.Start + world.Now + ClockOffset, () => world.Now, DelayAsync) { Limit = Limit };
    }

    public static TimeSpan UsualLatency { get; } = TimeSpan.FromMilliseconds(2);

    public string Name { get; }

    public string? JournalFolder { get; }

    public bool IsAlive { get; private set; } = true;

    public Timing Timing { get; }

    /// <summary>How far its clock is off.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>When its latest look at a host that was answered was made there.</summary>
    public Dictionary<SimulatedHost, TimeSpan> Looked { get; } = [];

    public IReadOnlyList<Execution> Open => _open;

    public HostSession Session(SimulatedHost host)
    {
        ClientShell shell = new(_world, this, host);
        return new HostSession(
            shell,
            ToolstackBy(shell),
            new HostInformation("4.17.5", 1151, 735, "cpu", "credit2", host.BootId, TimeSpan.Zero)
            {
                Identity = new HostIdentity(host.Name, host.Name, host.Name),
            },
            Timing.Now());
    }

    private Toolstack ToolstackBy(ClientShell shell) => _world.Toolstack switch
    {
        ToolstackKind.Xend => new XendToolstack(shell, Timing),
        ToolstackKind.Libvirt => LibvirtToolstack.First(shell, Timing),
        _ => new XlToolstack(shell, Timing),
    };

    public TimeSpan Latency() => UsualLatency + _world.Between(0.001, 0.03);

    /// <summary>Whether it reaches a host.</summary>
    public bool Reaches(SimulatedHost host) => host.IsUp && (!_cutOff.TryGetValue(host, out TimeSpan until) || _world.Now >= until);

    public void Kill()
    {
        IsAlive = false;
        foreach (Execution execution in _open.ToArray())
        {
            Abandon(execution);
        }

        _open.Clear();
    }

    /// <summary>Its connection to a host breaks, and can be made again after a time.</summary>
    public void CutOff(SimulatedHost host, TimeSpan time)
    {
        _cutOff[host] = _world.Now + time;
        // A packet that does not come is noticed when a sign of life is missed, and a reset at once.
        TimeSpan notices = time < TimeSpan.FromSeconds(1) ? UsualLatency : TimeSpan.FromSeconds(15);
        foreach (Execution execution in _open.Where(open => open.Host == host).ToArray())
        {
            execution.Break();
            Abandon(execution);
            Hears(notices, () => execution.Fail(new HostDisconnectedException(host.Name, "the connection broke")));
        }
    }

    /// <summary>No more trouble.</summary>
    public void Heal()
    {
        _cutOff.Clear();
        _late = null;
        _cut = false;
        _double = false;
        ClockOffset = TimeSpan.Zero;
    }

    /// <summary>The end of the next command comes later.</summary>
    public void Delay(TimeSpan time) => _late = time;

    /// <summary>Each line of the next command comes twice, and its end too.</summary>
    public void DoubleNext() => _double = true;

    public bool TakeDouble()
    {
        bool isDouble = _double;
        _double = false;
        return isDouble;
    }

    /// <summary>Nothing more gets into its journals, and none is begun.</summary>
    public void FillJournalDisk()
    {
        _isDiskFull = true;
        _journals.ForEach(journal => journal.Break("No space left on device"));
    }

    /// <summary>Makes a journal's file, as long as there is room for it.</summary>
    public JournalWriter CreateJournal(string path, Timing timing)
    {
        JournalWriter writer = JournalWriter.Create(path, timing);
        _journals.Add(writer);
        if (_isDiskFull)
        {
            writer.Break("No space left on device");
        }

        return writer;
    }

    /// <summary>The next output comes without its end.</summary>
    public void CutNext() => _cut = true;

    public TimeSpan? Late()
    {
        TimeSpan? late = _late;
        _late = null;
        return late;
    }

    public CommandResult Cut(CommandResult result)
    {
        if (!_cut || result.Output.Length < 2)
        {
            return result;
        }

        _cut = false;
        _world.Log($"{Name}: hears a part of the output only");
        return new CommandResult(-1, result.Output[.._world.Random.Next(result.Output.Length)], result.Error);
    }

    /// <summary>Something reaches this client, if it lives by then.</summary>
    public void Hears(TimeSpan after, Action happens) => _world.Timeline.After(after, () =>
    {
        if (IsAlive)
        {
            happens();
        }
    });

    /// <summary>Notes when it looked who a host has, as it will judge by that.</summary>
    public void Looks(SimulatedHost host, IEnumerable<RemoteCommand> commands)
    {
        if (commands.Any(command => command.Words is ["xl" or "xm", "list", ..]))
        {
            Looked[host] = _world.Now;
        }
    }

    public void Begin(Execution execution) => _open.Add(execution);

    public void Forget(Execution execution) => _ = _open.Remove(execution);

    /// <summary>Nobody reads what it writes any more: most programs end by that.</summary>
    private static void Abandon(Execution execution)
    {
        if (!RemoteWords.Survives(execution.Command))
        {
            execution.Process?.End();
        }
    }

    private Task DelayAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        TaskCompletionSource passed = new();
        CancellationTokenRegistration registration = cancellationToken.Register(() => passed.TrySetCanceled(cancellationToken));
        Hears(time, () =>
        {
            if (passed.TrySetResult())
            {
                registration.Dispose();
            }
        });
        return passed.Task;
    }

    private CancellationTokenSource Limit(TimeSpan time)
    {
        CancellationTokenSource source = new();
        if (time != Timeout.InfiniteTimeSpan)
        {
            Hears(time, () =>
            {
                try
                {
                    source.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // What had the limit ended before it.
                }
            });
        }

        return source;
    }
}
