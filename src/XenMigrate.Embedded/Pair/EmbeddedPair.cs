namespace XenMigrate.Embedded.Pair;

/// <summary>Two dom0s in this process, as the chapter describes them: et-virt07 with the storage, et-virt08 with the guests.</summary>
internal sealed class EmbeddedPair : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "xenmigrate-" + Guid.NewGuid().ToString("N"));
    private int _storedFiles;
    private bool _disposed;

    private EmbeddedPair(Timing timing, TransferTimes times)
    {
        Timing = timing;
        Times = times;
        FileTree storage = PairStorage.MakeTree(timing.Now());
        Hosts = [.. HostProfile.All.Select(profile => Make(profile, storage))];
        HostFiles files = Hosts[0].Files;
        _ = files.Write(PairStorage.Folder + "/testvm1.dsk", PairStorage.Disk());
        _ = files.Write(PairStorage.Folder + "/testvm2.dsk", PairStorage.Disk());
    }

    public Timing Timing { get; }

    /// <summary>How long the ends of a transfer wait for each other.</summary>
    public TransferTimes Times { get; }

    public EmbeddedNetwork Network { get; } = new();

    /// <summary>For the journals of moves between these hosts, which are nothing to keep. Made by the first of them.</summary>
    public string JournalFolder => Path.Combine(_folder, "journal");

    /// <summary>et-virt07 and et-virt08.</summary>
    public IReadOnlyList<EmbeddedHost> Hosts { get; }

    /// <summary>Starts both hosts, and testvm1 and testvm2 on et-virt08.</summary>
    public static EmbeddedPair Start(Timing? timing = null, TransferTimes? times = null, bool withGuests = true)
    {
        EmbeddedPair pair = new(timing ?? Timing.Real, times ?? new TransferTimes { Collection = TimeSpan.FromSeconds(2) });
        foreach (EmbeddedHost host in pair.Hosts)
        {
            _ = host.Xend.Start();
        }

        if (withGuests)
        {
            EmbeddedHost source = pair.Host(HostProfile.Virt08.Name);
            _ = source.Domains.Create("testvm1", paused: false);
            _ = source.Domains.Create("testvm2", paused: false);
        }

        return pair;
    }

    /// <summary>A host by its name, its full name or its address.</summary>
    /// <exception cref="HostUnreachableException">The pair has no such host.</exception>
    public EmbeddedHost Host(string name) => Hosts.FirstOrDefault(host => host.Profile == HostProfile.Named(name))
        ?? throw new HostUnreachableException(name, "the embedded pair has et-virt07 and et-virt08 only");

    /// <summary>A session on a host.</summary>
    public IHostShell Shell(string name) => Host(name) is { Machine.IsOn: true } host
        ? new EmbeddedShell(host, JournalFolder)
        : throw new HostUnreachableException(name, "No route to host");

    /// <summary>Mends everything that was broken on purpose.</summary>
    public void Reset()
    {
        foreach (EmbeddedHost host in Hosts)
        {
            host.Faults.Reset();
        }
    }

    /// <summary>Ends both hosts and everything on them.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (EmbeddedHost host in Hosts)
        {
            host.DropConnections();
        }

        Network.Dispose();
        foreach (EmbeddedHost host in Hosts)
        {
            host.Dispose();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private EmbeddedHost Make(HostProfile profile, FileTree storage)
    {
        Machine machine = new(profile, Timing);
        HostFiles files = new(machine.Now, NewStoragePath);
        files.Mount(new MountPoint(new FileTree(20_000_000, Timing.Now()), "/", "ext3", "/dev/sda2", 8, 2, "data=ordered"));
        ControlDomain dom0 = new(machine, files, Network);
        HostSetup.WriteTo(dom0);
        files.Mount(PairStorage.MountOn(profile, storage));
        EmbeddedHost host = new(dom0, Times, other => Host(other.Name));
        InstalledPrograms.AddTo(host, storage, new LeaseBook(Timing.Elapsed, () => machine.BootId.ToString()), Times);
        return host;
    }

    private string NewStoragePath()
    {
        _ = Directory.CreateDirectory(_folder);
        int number = Interlocked.Increment(ref _storedFiles);
        return Path.Combine(_folder, number.ToString("D4", CultureInfo.InvariantCulture));
    }
}
