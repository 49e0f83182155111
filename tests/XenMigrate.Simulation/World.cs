using System.Text.RegularExpressions;

namespace XenMigrate.Simulation;

/// <summary>All that is simulated, and what is so of it.</summary>
internal sealed class World(int seed, bool traces)
{
    // In memory, where there is such a place: each line is to be written to the disk itself.
    private static readonly string s_journals = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"xenmigrate-simulation-{Environment.ProcessId}"));

    // What is of this process, and not of the run: tokens, its own number, and the folder of its journals.
    private static readonly Regex s_ours = new(@"[0-9a-f]{32}|(?<=, process )\d+|(?<=xenmigrate-simulation-)\d+", RegexOptions.CultureInvariant);

    private readonly List<string> _trace = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, TimeSpan> _linkDownUntil = [];
    private readonly Dictionary<string, TimeSpan> _changes = [];
    private readonly List<(string Pair, Transport Transport)> _links = [];

    /// <summary>What drives all the hosts.</summary>
    public ToolstackKind Toolstack { get; set; } = ToolstackKind.Xl;

    public Random Random { get; } = new(seed);

    public Timeline Timeline { get; } = new();

    public TimeSpan Now => Timeline.Now;

    public List<SimulatedHost> Hosts { get; } = [];

    public List<GuestTruth> Guests { get; } = [];

    /// <summary>The ways of moves that somebody made without the engine.</summary>
    public List<(SimulatedHost Source, SimulatedHost Destination)> MovedByHand { get; } = [];

    /// <summary>Images in the folder that all hosts see.</summary>
    public Dictionary<string, Image> Images { get; } = [];

    /// <summary>Where one user's journals lie, which several clients may be used by; null where nobody keeps any.</summary>
    public string? JournalFolder { get; } = seed % 4 == 0 && seed % 10 != 2 ? null : Path.Combine(s_journals, seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether it begins with a host that is emptied of several guests; else with the move of one.</summary>
    public bool IsDrain { get; } = seed % 10 == 2;

    /// <summary>What was wrong; nothing, if all was well.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What happened, if anybody wants to know.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>When somebody outside did something last: what was seen before need not be so any more.</summary>
    public TimeSpan LastInterference { get; set; } = TimeSpan.MinValue;

    public IEnumerable<(SimulatedHost Host, Copy Copy)> CopiesOf(GuestTruth guest) =>
        Hosts.SelectMany(host => host.Copies.Where(copy => copy.Guest == guest).Select(copy => (host, copy)));

    /// <summary>Lets something go on by itself, which must not fail.</summary>
    public void Begin(Task task) => _ = task.ContinueWith(
        failed => Wrong($"the simulation failed: {failed.Exception}"),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    public TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + ((to - from) * Random.NextDouble()));

    public bool Chance(double probability) => Random.NextDouble() < probability;

    /// <summary>Whether nothing gets from one host to another.</summary>
    public bool IsLinkDown(SimulatedHost one, SimulatedHost other) => _linkDownUntil.TryGetValue(Pair(one, other), out TimeSpan until) && Now < until;

    /// <summary>Notes a connection between two hosts, which breaks with their link.</summary>
    public void Link(SimulatedHost one, SimulatedHost other, Transport transport) => _links.Add((Pair(one, other), transport));

    /// <summary>Nothing gets from one host to the other for a time, and what goes between them breaks.</summary>
    public void BreakLink(SimulatedHost one, SimulatedHost other, TimeSpan time)
    {
        _linkDownUntil[Pair(one, other)] = Now + time;
        foreach ((string pair, Transport transport) in _links.ToArray())
        {
            if (pair == Pair(one, other))
            {
                transport.Break();
            }
        }
    }

    /// <summary>Leaves nothing behind.</summary>
    public void Clear()
    {
        if (Directory.Exists(JournalFolder))
        {
            Directory.Delete(JournalFolder, recursive: true);
        }
    }

    /// <summary>Leaves nothing behind of any run.</summary>
    public static void ClearAll()
    {
        if (Directory.Exists(s_journals))
        {
            Directory.Delete(s_journals, recursive: true);
        }
    }

    /// <summary>No more trouble.</summary>
    public void Heal()
    {
        _linkDownUntil.Clear();
        Hosts.ForEach(host => host.Heal());
    }

    private static string Pair(SimulatedHost one, SimulatedHost other) =>
        string.CompareOrdinal(one.Name, other.Name) < 0 ? one.Name + other.Name : other.Name + one.Name;

    public T Pick<T>(IReadOnlyList<T> of) => of[Random.Next(of.Count)];

    public void Log(string text)
    {
        if (traces)
        {
            _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{Now.TotalSeconds,9:0.000}  {s_ours.Replace(text, "…")}"));
        }
    }

    public void Wrong(string text)
    {
        Log("WRONG: " + text);
        _problems.Add(text);
    }

    /// <summary>A copy runs from now on: the guest's disks are newer than all other memory.</summary>
    public void Run(SimulatedHost host, Copy copy, string who)
    {
        if (copy.Runs)
        {
            return;
        }

        if (copy.Memory != copy.Guest.Disks)
        {
            Wrong($"old memory over newer disks: {who} let {copy} run on {host.Name}");
        }

        foreach ((SimulatedHost other, Copy twin) in CopiesOf(copy.Guest).Where(at => at.Copy.Runs))
        {
            Wrong($"two copies run: {who} let {copy} run on {host.Name} while {twin} runs on {other.Name}");
        }

        Changed(who);
        copy.Guest.StoppedBy = null;
        copy.Guest.Disks++;
        copy.Memory = copy.Guest.Disks;
        copy.Become(CopyState.Running, Now);
        Log($"{host.Name}: {copy} RUNS, by {who}");
    }

    /// <summary>Nobody may expect a guest to run of which no copy has all that it was.</summary>
    public void Lost(GuestTruth guest, string how)
    {
        if (!CopiesOf(guest).Any(at => at.Copy.IsCurrent))
        {
            guest.StoppedBy = how;
        }
    }

    /// <summary>When somebody else than a client changed something last.</summary>
    public TimeSpan LastChangeBesides(Client client) => _changes
        .Where(change => !change.Key.StartsWith(client.Name + "'s ", StringComparison.Ordinal)).Select(change => change.Value).Append(LastInterference).Max();

    /// <summary>Notes that somebody changed something.</summary>
    public void Changed(string who) => _changes[who] = Now;

    /// <summary>A copy is taken away by something that the engine did: it must not be the guest.</summary>
    public void Destroy(SimulatedHost host, Copy copy, string who)
    {
        
        if (copy.Runs)
        {
            Wrong($"a running guest destroyed: {who} destroyed {copy} on {host.Name}");
        }
        else if (copy.IsCurrent && !CopiesOf(copy.Guest).Any(at => at.Copy != copy && at.Copy.IsCurrent)
            && !Images.Values.Any(image => image.Guest == copy.Guest && image.IsWhole && image.Memory == copy.Memory))
        {
            Wrong($"the last copy destroyed: {who} destroyed {copy} on {host.Name}");
        }

        host.Remove(copy, who);
        Lost(copy.Guest, "of which an image alone is left");
    }
}

/// <summary>A guest's memory in a file.</summary>
/// <param name="Guest">Whose it is.</param>
/// <param name="Name">The name that it had.</param>
/// <param name="Memory">Which state of its disks it knows of.</param>
internal sealed record Image(GuestTruth Guest, string Name, long Memory)
{
    /// <summary>Whether all of it is there.</summary>
    public bool IsWhole { get; init; }
}
