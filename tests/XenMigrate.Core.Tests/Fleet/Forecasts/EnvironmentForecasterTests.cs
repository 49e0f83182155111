namespace XenMigrate.Tests;

public class EnvironmentForecasterTests
{
    private readonly SimulatedPair _pair = new();
    private readonly List<string> _executed = [];

    public EnvironmentForecasterTests()
    {
        _pair.Source.Helpers = _pair.Destination.Helpers = Helpers.Ready();
        _pair.Source.Executed = words => _executed.Add($"a: {string.Join(' ', words)}");
        _pair.Destination.Executed = words => _executed.Add($"b: {string.Join(' ', words)}");
    }

    [Fact(Timeout = 20000)]
    public async Task No_host_is_asked_again_for_what_the_checks_know()
    {
        HostEnd source = A.Host(_pair.Source);
        HostEnd destination = A.Host(_pair.Destination);
        EnvironmentFindings findings = await EnvironmentTester.TestAsync(
            new EnvironmentRequest(source, [destination]) { Guests = [Facts.Guest], Bidirectional = true }, _pair.Timing.Timing, CancellationToken.None);
        int before = _executed.Count;

        IReadOnlyList<MigrationForecast> forecasts = await new EnvironmentForecaster(PastMoves.None, Helpers.Package, null, _pair.Timing.Timing)
            .ForecastAsync(findings, new Dictionary<string, HostEnd> { ["a"] = source, ["b"] = destination }, CancellationToken.None);

        Assert.Equal(("web", "a", "b"), Assert.Single(forecasts.Select(forecast => (forecast.Name, forecast.Source, forecast.Destination))));
        // It takes the guest, counts what it writes, and lets it go; nothing of b is asked.
        Assert.All(_executed.Skip(before), execution => Assert.StartsWith("a: ", execution, StringComparison.Ordinal));
        Assert.True(_executed.Count - before <= 3, string.Join("\n", _executed.Skip(before)));
    }
}
