namespace XenMigrate.Simulation.Clients;

/// <summary>A move that came so far as to touch something.</summary>
/// <param name="Guest">The guest.</param>
/// <param name="Source">Where it was.</param>
/// <param name="Destination">Where it was to go.</param>
/// <param name="Mode">How.</param>
/// <param name="At">When it was agreed to.</param>
internal sealed record BegunMove(GuestTruth Guest, SimulatedHost Source, SimulatedHost Destination, MigrationMode Mode, TimeSpan At)
{
    public override string ToString() => $"{Mode} move of {Guest.Name} from {Source} to {Destination}";
}
