namespace XenMigrate.Embedded.Tests.Chaos;

public class ChaosTests
{
    [Fact(Timeout = 600_000)]
    public async Task Whatever_goes_wrong_each_guest_is_there_exactly_once_and_what_was_told_is_true()
    {
        int runs = Depth.Of(onCI: 25, elsewhere: 10);
        List<ChaosReport> reports = [];
        await Parallel.ForEachAsync(
            Enumerable.Range(1, runs),
            new ParallelOptions { MaxDegreeOfParallelism = 5 },
            async (seed, _) =>
            {
                ChaosReport report = await new ChaosRun(seed).RunAsync();
                lock (reports)
                {
                    reports.Add(report);
                }
            });

        Assert.Equal(runs, reports.Count);
        Assert.True(reports.All(report => report.Problems.Count == 0), string.Join("\n", reports.Where(report => report.Problems.Count > 0)));
    }
}
