namespace XenMigrate.Tests;

/// <summary>All that two hosts can hold of one guest, whether or not something is under way.</summary>
public class EveryHalfMoveTests
{
    private static readonly string[] s_names = ["web", "web--incoming", "web--migratedaway"];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Afterwards_one_copy_runs_or_nothing_was_touched_and_it_says_why(bool isUnderWay, bool canResume)
    {
        int settled = 0;
        foreach ((string name, char state)[] here in Holdings())
        {
            foreach ((string name, char state)[] there in Holdings().Where(there => here.Length + there.Length > 0))
            {
                settled += await SettleAsync(here, there, isUnderWay, canResume) ? 1 : 0;
            }
        }

        Assert.Equal(!isUnderWay, settled > 20);
    }

    private static async Task<bool> SettleAsync(
        (string Name, char State)[] here, (string Name, char State)[] there, bool isUnderWay, bool canResume)
    {
        string all = $"a: {string.Join(' ', here)}; b: {string.Join(' ', there)}";
        HalfMoved half = new();
        half.Pair.Source.CanResume = canResume;
        half.Pair.Source.Processes = isUnderWay ? HalfMoved.Sending : HalfMoved.Quiet;
        Array.ForEach(here, copy => _ = half.OnA(copy.Name, copy.State));
        Array.ForEach(there, copy => _ = half.OnB(copy.Name, copy.State, ran: copy.State == 'b'));
        SimulatedGuest[] ran = [.. half.Pair.Copies.Where(copy => copy.Runs)];
        half.Pair.MostRunning = Math.Max(1, ran.Length);

        MigrationRepair repair = (await half.RepairAsync(patience: TimeSpan.Zero))!;

        if (repair.Outcome == MigrationRepairOutcome.Left)
        {
            Assert.True(half.Pair.Changes.Count == 0, $"{all}: {string.Join("; ", half.Pair.Changes)}");
            Assert.True(repair.Left?.Length > 20, all);
            return false;
        }

        Assert.False(isUnderWay, all);
        Assert.True(repair.Outcome is MigrationRepairOutcome.Settled or MigrationRepairOutcome.NothingToDo, $"{all}: {repair} {repair.Left}");
        SimulatedGuest only = Assert.Single(half.Pair.Copies);
        Assert.True(only is { Runs: true, Name: "web" }, $"{all}: {only}");
        // What ran has the newest memory, and its disks.
        Assert.True(ran.Length == 0 || only.Id == ran[0].Id, $"{all}: {only}");
        return repair.Outcome == MigrationRepairOutcome.Settled;
    }

    /// <summary>Nothing, each copy in each state, and each two copies.</summary>
    private static IEnumerable<(string Name, char State)[]> Holdings()
    {
        (string Name, char State)[] copies = [.. s_names.SelectMany(name => "bps".Select(state => (name, state)))];
        return copies.SelectMany(one => copies.Where(two => string.CompareOrdinal(one.Name, two.Name) < 0).Select(two => new[] { one, two }))
            .Concat(copies.Select(one => new[] { one }))
            .Prepend([]);
    }
}
