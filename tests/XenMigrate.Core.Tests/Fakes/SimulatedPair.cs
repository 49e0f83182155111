namespace XenMigrate.Tests;

/// <summary>How a command goes wrong.</summary>
internal enum Fault
{
    None,

    /// <summary>It says so, and did nothing.</summary>
    Fails,

    /// <summary>It says so, and did it all the same.</summary>
    FailsAfterwards,

    /// <summary>The connection broke before it did anything.</summary>
    BreaksBefore,

    /// <summary>The connection broke after it was done.</summary>
    BreaksAfter,

    /// <summary>It says that it did it, and did not.</summary>
    Lies,

    /// <summary>It took no effect, and the host answers no more.</summary>
    GoesSilent,
}

/// <summary>
/// Two hosts that share a folder, and one guest on the first. After every command the rule that never bends is
/// looked at: never two copies that run, never no copy at all.
/// </summary>
internal sealed class SimulatedPair
{
    private const string Disk =
        "24 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n";

    private const string Nfs =
        "24 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n52 24 0:36 / /images rw,relatime - nfs4 a:/images rw,vers=4.2,addr=10.77.0.7\n";

    private readonly object _lock = new();
    private readonly HashSet<SimulatedHost> _silent = [];

    public SimulatedPair()
    {
        Source = new("a", this, "11111111-1111-1111-1111-111111111111", "10.77.0.7", Disk) { NextId = 5 };
        Destination = new("b", this, "22222222-2222-2222-2222-222222222222", "10.77.0.8", Nfs) { NextId = 9 };
        _ = Source.Add("web");
    }

    public SimulatedHost Source { get; }

    public SimulatedHost Destination { get; }

    /// <summary>How many copies may run: more than one only where a test begins with such a misfortune.</summary>
    public int MostRunning { get; set; } = 1;

    /// <summary>Whether no host may have it: only where a test begins so.</summary>
    public bool MayBeNowhere { get; set; }

    /// <summary>Images in the shared folder.</summary>
    public Dictionary<string, SimulatedGuest> Images { get; } = [];

    /// <summary>The commands that change something, with their hosts, in order.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Called before each command that changes something, by its number.</summary>
    public Func<int, string, Fault> Plan { get; set; } = (_, _) => Fault.None;

    /// <summary>What somebody else does just before an act gets there.</summary>
    public Action<SimulatedHost, string> SomebodyElse { get; set; } = (_, _) => { };

    public FakeTiming Timing { get; } = new();

    public IEnumerable<SimulatedGuest> Copies => Source.Guests.Concat(Destination.Guests).Where(guest => guest.Uuid == A.Uuid);

    public Task<MigrationResult?> MoveAsync(CancellationToken cancellationToken = default) => MoveAsync(live: false, cancellationToken);

    public async Task<MigrationResult?> MoveAsync(bool live, CancellationToken cancellationToken)
    {
        Guest guest = (await A.Host(Source).Toolstack.ListAsync(CancellationToken.None)).Single(g => g.Name == "web");
        return await new Migrator(null, Timing.Timing).MoveAsync(
            A.Host(Source),
            A.Host(Destination),
            guest,
            new MigrationOptions { Live = live },
            _ => Task.FromResult(true),
            cancellationToken);
    }

    public CommandResult Run(SimulatedHost host, IReadOnlyList<string> words)
    {
        lock (_lock)
        {
            if (_silent.Contains(host))
            {
                throw Broken(host);
            }

            bool changes = words is ["rm", ..] or ["env", ..] or ["xl", not ("list" or "info" or "help"), ..];
            Fault fault = changes ? Plan(Changes.Count, $"{host.Endpoint.ComputerName}: {string.Join(' ', words)}") : Fault.None;
            if (changes)
            {
                Changes.Add($"{host.Endpoint.ComputerName}: {string.Join(' ', words)}");
            }

            CommandResult result = Run(host, words, fault);
            RequireTheRule();
            return result;
        }
    }

    public void Meanwhile(SimulatedHost host, IReadOnlyList<string> act) =>
        SomebodyElse(host, $"{host.Endpoint.ComputerName}: {string.Join(' ', act)}");

    public bool IsSilent(SimulatedHost host) => _silent.Contains(host);

    private CommandResult Run(SimulatedHost host, IReadOnlyList<string> words, Fault fault)
    {
        switch (fault)
        {
            case Fault.Fails:
                return new CommandResult(1, "", "it failed");
            case Fault.FailsAfterwards:
                _ = host.Execute(words);
                return new CommandResult(1, "", "it failed, it says");
            case Fault.BreaksBefore:
                throw Broken(host);
            case Fault.BreaksAfter:
                _ = host.Execute(words);
                RequireTheRule();
                throw Broken(host);
            case Fault.Lies:
                return new CommandResult(0, "", "");
            case Fault.GoesSilent:
                _ = _silent.Add(host);
                throw Broken(host);
            default:
                return host.Execute(words);
        }
    }

    private void RequireTheRule()
    {
        Assert.True(Copies.Count(guest => guest.Runs) <= MostRunning, $"Two copies run after: {string.Join("; ", Changes)}");
        Assert.True(MayBeNowhere || Copies.Any(), $"No copy is left after: {string.Join("; ", Changes)}");
    }

    private static HostDisconnectedException Broken(SimulatedHost host) => new(host.Endpoint.ComputerName, "reset by peer");
}
