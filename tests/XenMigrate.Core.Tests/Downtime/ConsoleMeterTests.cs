namespace XenMigrate.Tests.Downtime;

public sealed class ConsoleMeterTests : IDisposable
{
    private const string First = "web 2026-11-23 04:10:01.123 up 12.30 beat 42\n";
    private const string Second = "web 2026-11-23 04:10:02.123 up 13.30 beat 43\n";

    private readonly FakeTiming _timing = new();
    private readonly FakeShell _host = new("a");

    public void Dispose() => _host.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_beats_on_has_no_outage()
    {
        _host.AnswersInTurn("tail -c 65536 -- /var/log/xen/console/guest-web.log", First, First + Second);

        GuestDowntime measured = await MeasureAsync();

        Assert.Equal((true, TimeSpan.Zero, GuestDowntimeBasis.Console), (measured.Recovered, measured.Outage, measured.Basis));
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_is_silent_to_the_end_has_an_outage_that_long()
    {
        _host.Answers("tail -c 65536 -- /var/log/xen/console/guest-web.log", First);

        GuestDowntime measured = await MeasureAsync();

        Assert.False(measured.Recovered);
        Assert.Equal(TimeSpan.FromSeconds(5), measured.Outage);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_whose_heartbeat_no_host_has_is_not_measured() =>
        await Assert.ThrowsAsync<HeartbeatMissingException>(MeasureAsync);

    private async Task<GuestDowntime> MeasureAsync()
    {
        ConsoleMeter meter = new("web", [A.XendHost(_host)], _timing.Timing);
        await meter.StartAsync(CancellationToken.None);
        return await meter.ListenAsync(Task.CompletedTask, CancellationToken.None);
    }
}
