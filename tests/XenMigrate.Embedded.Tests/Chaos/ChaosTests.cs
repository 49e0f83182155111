namespace XenMigrate.Embedded.Tests.Chaos;

public class ChaosTests
{
    [Fact(Timeout = 120_000)]
    public async Task Whatever_goes_wrong_each_guest_is_there_exactly_once_and_what_was_told_is_true()
    {
        const int Runs = 25;
        List<ChaosReport> reports = [];
        await Parallel.ForEachAsync(
            Enumerable.Range(1, Runs),
            new ParallelOptions { MaxDegreeOfParallelism = 5 },
            async (seed, _) =>
            {
                ChaosReport report = await new ChaosRun(seed).RunAsync();
                lock (reports)
                {
                    reports.Add(report);
                }
            });

        Assert.Equal(Runs, reports.Count);
        Assert.True(reports.All(report => report.Problems.Count == 0), string.Join("\n", reports.Where(report => report.Problems.Count > 0)));
    }
}
