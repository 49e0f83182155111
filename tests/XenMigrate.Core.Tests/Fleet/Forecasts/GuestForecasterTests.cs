namespace XenMigrate.Tests;

public class GuestForecasterTests
{
    // 32768 pages, of which a working set of 4096 is written again and again.
    private const string Counts =
        """{"xenmigrate":"dirtyRate","populatedPages":32768,"counts":[[0.125,2000],[0.25,3600],[0.5,4090],[1,4096],[2,4096]]}""";

    private const string Copied = "xenmigrate-link 67108864 1796061393.5 1796061395.5\n";

    private readonly SimulatedPair _pair = new();
    private readonly List<string> _sampled = [];

    public GuestForecasterTests() => _pair.Source.Helpers = _pair.Destination.Helpers = Helpers.Ready();

    [Fact(Timeout = 20000)]
    public async Task It_tells_time_rounds_and_pause_by_what_the_guest_writes_and_the_link_carries()
    {
        MigrationForecast forecast = await ForecastAsync(Counts, Copied, 3);

        // 4 s, half a second for the working set, and so much again with the guest paused; and what is usual beside it.
        Assert.Equal([32768L, 4096], forecast.Iteration.Select(round => round.Pages));
        Assert.Equal(0.1 + 0.5 + 0.5, forecast.Downtime!.Value.TotalSeconds, precision: 2);
        Assert.Equal(4 + 0.5 + 1.1 + 3, forecast.Duration!.Value.TotalSeconds, precision: 2);
        Assert.Equal((true, 33_554_432d, 8_388_608d), (forecast.Converges, forecast.BytesPerSecond, forecast.DirtyBytesPerSecond));
        Assert.Contains("a probe of 16 MiB", forecast.Basis, StringComparison.Ordinal);
        Assert.Null(forecast.Advice);
        Assert.Empty(_pair.Changes);
        // And somebody else may have the guest at once.
        await SomebodyElse().TakeAsync(_pair.Source, "web", CancellationToken.None);
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_would_stand_still_too_long_is_told_what_would_help()
    {
        MigrationForecast forecast = await ForecastAsync(Counts, Copied, 0.9);

        Assert.False(forecast.Converges);
        Assert.Contains("-MaximumDowntime 2", forecast.Advice, StringComparison.Ordinal);
        Assert.Contains("-Throttle", forecast.Advice, StringComparison.Ordinal);
    }

    [Theory(Timeout = 20000)]
    [InlineData(16, 2)]
    [InlineData(4, 8)]
    [InlineData(1, 15)]
    public async Task The_slower_the_link_the_longer_it_looks_at_what_the_guest_writes(int megabytesPerSecond, int seconds)
    {
        _ = await ForecastAsync(Counts, $"xenmigrate-link {megabytesPerSecond << 20} 1796061393.5 1796061394.5\n", 3);

        Assert.Equal([seconds.ToString(CultureInfo.InvariantCulture)], _sampled);
    }

    [Theory(Timeout = 20000)]
    [InlineData("", "a save or a move of the guest is under way", Copied)]
    [InlineData("garbage", "did not count", Copied)]
    [InlineData(Counts, "a probe of 16 MiB came to nothing", "Permission denied")]
    public async Task What_nobody_can_tell_is_not_made_up(string counted, string advice, string copied)
    {
        MigrationForecast forecast = await ForecastAsync(counted, copied, 3);

        Assert.Equal((null, null, null), (forecast.Duration, forecast.Downtime, forecast.Converges));
        Assert.Contains(advice, forecast.Advice, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task Without_a_save_helper_it_says_how_to_get_one()
    {
        _pair.Source.Helpers = null;

        MigrationForecast forecast = await ForecastAsync(Counts, Copied, 3);

        Assert.Contains("Install-MigrationHelper a", forecast.Advice, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_somebody_works_on_is_left_alone()
    {
        await SomebodyElse().TakeAsync(_pair.Source, "web", CancellationToken.None);

        MigrationForecast forecast = await ForecastAsync(Counts, Copied, 3);

        Assert.Null(forecast.Duration);
        Assert.Contains("Somebody else", forecast.Advice, StringComparison.Ordinal);
    }

    private GuestLease SomebodyElse() => GuestLease.Of(Facts.Guest, "moves web", _pair.Timing.Timing);

    private async Task<MigrationForecast> ForecastAsync(string counted, string copied, double allowed)
    {
        _pair.Source.Answers = words => words switch
        {
            [_, "--dirty-rate", "5", string seconds] => Count(seconds),
            ["sh", "-c", _, "sh", "ssh", ..] => new CommandResult(0, copied, ""),
            _ => null,
        };
        MigrationOptions options = new()
        {
            Live = true,
            UsualPreCopy = new PreCopyOptions { MaximumDowntime = TimeSpan.FromSeconds(allowed) },
            Helper = Helpers.Package,
        };
        MigrationPlan plan = await MigrationPlanner.PlanAsync(
            A.Host(_pair.Source), A.Host(_pair.Destination), Facts.Guest, options, _pair.Timing.Timing, CancellationToken.None);
        return await new GuestForecaster(PastMoves.None, Helpers.Package, _pair.Timing.Timing).ForecastAsync(plan, null, CancellationToken.None);

        CommandResult Count(string seconds)
        {
            _sampled.Add(seconds);
            return counted.Length > 0
                ? new CommandResult(0, counted + "\n", "")
                : new CommandResult(5, "", "a save or a move of the guest is under way\n");
        }
    }
}
