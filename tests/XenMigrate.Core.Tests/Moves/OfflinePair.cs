namespace XenMigrate.Tests;

/// <summary>Offline moves of the simulated pair, and steps of them that go wrong.</summary>
internal static class OfflinePair
{
    public static async Task<MigrationPlan> PlanAsync(SimulatedPair pair)
    {
        XenMigrate.Guest guest = (await A.Host(pair.Source).Toolstack.ListAsync(CancellationToken.None))[1];
        return await MigrationPlanner.PlanAsync(
            A.Host(pair.Source), A.Host(pair.Destination), guest, new MigrationOptions(), pair.Timing.Timing, CancellationToken.None);
    }

    public static Func<int, string, Fault> On(string command, Fault fault)
    {
        bool done = false;
        return (_, text) =>
        {
            bool now = !done && text.StartsWith(command, StringComparison.Ordinal);
            done |= now;
            return now ? fault : Fault.None;
        };
    }
}
