namespace XenMigrate.Simulation.Clients;

/// <summary>What a client told of a move, to be held against the truth.</summary>
/// <param name="world">Where it was made.</param>
/// <param name="client">Who made it.</param>
/// <param name="move">The move.</param>
/// <param name="result">What was told of it.</param>
internal sealed class ReportedMove(World world, Client client, BegunMove move, MigrationResult result)
{
    private IEnumerable<(Hosts.SimulatedHost Host, Copy Copy)> Copies => world.CopiesOf(move.Guest);

    private string Truth => string.Join(", ", Copies.Select(at => $"{at.Host} has {at.Copy}")) is { Length: > 0 } all ? all : "no host has it";

    public void Compare(string when)
    {
        bool here = Copies.Any(at => at.Copy.Runs && at.Host == move.Source);
        bool there = Copies.Any(at => at.Copy.Runs && at.Host == move.Destination);
        bool isTrue = result.Outcome switch
        {
            MigrationOutcome.Succeeded => there && !here,
            MigrationOutcome.FailedSourceRunning or MigrationOutcome.Aborted => here && !there,
            MigrationOutcome.FailedSourceSuspended => !here && !there && Copies.Any(at => at.Host == move.Source),
            _ => true,
        };
        if (!isTrue)
        {
            world.Wrong($"{when}{client.Name} told of the {move}: {result.Outcome}, {result.Message}; the truth: {Truth}");
        }

        if (result.Message is { } message && IsRash(message) && Copies.Any())
        {
            world.Wrong($"{when}{client.Name} advised to start a second copy: {result.Message}; the truth: {Truth}");
        }
    }

    /// <summary>Whether somebody who does as it says starts a copy without looking for the guest elsewhere first.</summary>
    private static bool IsRash(string message) => message.Contains("start it from its configuration", StringComparison.Ordinal)
        && !message.Contains("only if none of them has it", StringComparison.OrdinalIgnoreCase);
}
