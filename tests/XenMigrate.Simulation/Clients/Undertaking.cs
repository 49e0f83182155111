namespace XenMigrate.Simulation.Clients;

/// <summary>One thing that a client does with the engine: a move, a repair, or a whole host that is emptied.</summary>
internal abstract class Undertaking(World world, Client client, GuestTruth guest, SimulatedHost source, SimulatedHost destination)
{
    private readonly List<BegunMove> _begun = [];

    protected World World { get; } = world;

    public Client Client { get; } = client;

    public GuestTruth Guest { get; } = guest;

    public SimulatedHost Source { get; } = source;

    public SimulatedHost Destination { get; } = destination;

    /// <summary>The user's wish to stop.</summary>
    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Whether it ended, well or not, or never will, as its client was killed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The moves of it that came so far as to touch something, in order.</summary>
    public IReadOnlyList<BegunMove> Begun => _begun;

    /// <summary>When it ended.</summary>
    public TimeSpan EndedAt { get; private set; }

    public async Task RunAsync()
    {
        World.Log($"{Client.Name}: {this} begins");
        try
        {
            string end = await WorkAsync();
            World.Log($"{Client.Name}: {this} ended: {end}");
        }
        catch (Exception e) when (e is XenMigrateException or OperationCanceledException)
        {
            World.Log($"{Client.Name}: {this} ended by {e.GetType().Name}: {e.Message}");
        }
        catch (Exception e)
        {
            World.Wrong($"the engine failed: {e}");
        }

        IsOver = true;
        EndedAt = World.Now;
    }

    public void Kill()
    {
        World.Log($"{Client.Name}: is killed");
        Client.Kill();
        IsOver = true;
    }

    /// <summary>Looks again, once nothing changes any more, whether what was told is so.</summary>
    public virtual void RequireStillTrue()
    {
    }

    protected void Begins(BegunMove move) => _begun.Add(move);

    /// <summary>Does it, and says how it ended.</summary>
    protected abstract Task<string> WorkAsync();

    protected HostSession Session(SimulatedHost host) => Client.Session(host);

    /// <summary>Every other host, as somebody has them who connected to all.</summary>
    protected IReadOnlyList<HostSession> OtherHosts => [.. World.Hosts.Where(other => other != Source).Select(Session)];

    protected GuestLifecycle Lifecycle(HostSession host) => new(host, Client.Timing) { OtherHosts = OtherHosts };

    /// <summary>The guest by its own name.</summary>
    protected async Task<Guest> FindAsync(HostSession host) =>
        (await host.Toolstack.ListAsync(Stop.Token)).FirstOrDefault(found => found.Name == Guest.Name)
            ?? throw new GuestNotFoundException(Guest.Name, Source.Name);

    /// <summary>Whether somebody else may have changed what the client saw, so that nobody can blame it for what it tells.</summary>
    protected bool IsForgiven => new[] { Source, Destination }.Any(host => World.LastChangeBesides(Client) >= Client.Looked.GetValueOrDefault(host));

    protected IEnumerable<(SimulatedHost Host, Copy Copy)> Running => World.CopiesOf(Guest).Where(at => at.Copy.Runs);

    protected string Truth => string.Join(", ", World.CopiesOf(Guest).Select(at => $"{at.Host} has {at.Copy}")) is { Length: > 0 } all ? all : "no host has it";
}
