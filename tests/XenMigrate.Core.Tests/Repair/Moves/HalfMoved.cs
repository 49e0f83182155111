namespace XenMigrate.Tests;

/// <summary>A pair of hosts on which a move of web from a to b was broken off, as a test says.</summary>
internal sealed class HalfMoved
{
    public const string Quiet = "    0 /sbin/init\n    1 xl migrate-receive\n  300 ps -e -o ppid= -o args=\n";
    public const string Sending = Quiet + "  200 xl migrate 5 b\n";

    public HalfMoved()
    {
        Pair.Source.Guests.Clear();
        (Pair.Source.Processes, Pair.Destination.Processes) = (Quiet, Quiet);
    }

    public SimulatedPair Pair { get; } = new();

    public List<string> Told { get; } = [];

    /// <summary>Where the move's journal is; null for none.</summary>
    public string? LogPath { get; set; }

    /// <summary>The guest's uuid, as far as whoever repairs knows it.</summary>
    public Guid? Uuid { get; set; } = A.Uuid;

    /// <summary>A copy with CPU time used, but for one that just came and never ran.</summary>
    public HalfMoved Has(SimulatedHost host, string name, char state, bool ran = true)
    {
        SimulatedGuest guest = host.Add(name, state);
        host.Guests[host.Guests.IndexOf(guest)] = guest with { Used = ran ? 53.1 : 0 };
        return this;
    }

    public HalfMoved OnA(string name, char state) => Has(Pair.Source, name, state);

    public HalfMoved OnB(string name, char state, bool ran = true) => Has(Pair.Destination, name, state, ran);

    public Task<MigrationRepair?> RepairAsync(
        Func<CopyStep, RepairConsent>? ask = null, HostEnd? destination = null, TimeSpan? patience = null, Action<string>? tell = null,
        HostSession? third = null) =>
        new MoveRepairer(
            new MoveTrace("web", Uuid, "a", "b") { LogPath = LogPath },
            A.Host(Pair.Source),
            destination ?? A.Host(Pair.Destination),
            Pair.Timing.Timing)
        {
            AllHosts = third is null ? [] : [A.Host(Pair.Source), A.Host(Pair.Destination), third],
            Patience = patience ?? MoveRepairer.UsualPatience,
            Tell = tell ?? Told.Add,
        }.RepairAsync(step => Task.FromResult((ask ?? (_ => RepairConsent.Given))(step)), default);
}
