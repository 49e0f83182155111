namespace XenMigrate.Simulation.Clients;

/// <summary>Repair-GuestMigration.</summary>
internal sealed class RepairUndertaking(World world, Client client, GuestTruth guest, SimulatedHost source, SimulatedHost destination, MigrationMode? mode)
    : Undertaking(world, client, guest, source, destination)
{
    /// <summary>What the guest is called by whoever repairs.</summary>
    public string Name { get; init; } = guest.Name;

    public MigrationMode? Mode => mode;

    /// <summary>What came of it; null if it never ended.</summary>
    public MigrationRepair? Result { get; private set; }

    /// <summary>What is said of a guest that neither hosts nor journals know by that name.</summary>
    public string? NotFound { get; private set; }

    public override string ToString() => $"repair of a move of {Name} from {Source} to {Destination}";

    protected override async Task<string> WorkAsync()
    {
        MoveTrace named = new(Name, null, Source.Name, Destination.Name) { Mode = mode };
        (MoveTrace trace, string? why) = JournaledTrace.Find(named, Client.JournalFolder);
        if (why is not null)
        {
            Result = MoveRepairer.Refuse(trace, why);
            return $"{Result}, {why}";
        }

        try
        {
            Result = await new MoveRepairer(trace, Session(Source), Session(Destination), Client.Timing) { AllHosts = [.. World.Hosts.Select(Session)] }
                .RepairAsync(_ => Task.FromResult(RepairConsent.Given), Stop.Token);
        }
        catch (GuestNotFoundException e)
        {
            NotFound = e.Message;
            throw;
        }

        if (!IsForgiven && Result?.ComputerName is { } told && !Running.Any(at => at.Host.Name == told))
        {
            World.Wrong($"{Client.Name} told of the {this}: {Result}; the truth: {Truth}");
        }

        return $"{Result}, {string.Join("; ", Result!.Action)}; left: {Result.Left} {Result.Remediation}";
    }
}
