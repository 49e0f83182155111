namespace XenMigrate.Tests.Downtime;

public sealed class ProbeMeterTests
{
    private readonly FakeTiming _time = new();

    [Fact]
    public async Task It_listens_until_the_first_answer_after_the_work()
    {
        TaskCompletionSource work = new();
        int probes = 0;
        // Nothing answers from the third probe to the twentieth; the work ends in between.
        ProbeMeter meter = Meter(() =>
        {
            probes++;
            if (probes == 10)
            {
                work.SetResult();
            }

            return probes is < 3 or > 20;
        });

        GuestDowntime measured = await meter.ListenAsync(work.Task, default).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(measured.Recovered);
        Assert.Equal((18, GuestDowntimeBasis.Tcp), (measured.LostProbe, measured.Basis));
        Assert.InRange(measured.Outage, TimeSpan.FromSeconds(1.7), TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task A_guest_that_stays_silent_has_not_recovered()
    {
        ProbeMeter meter = Meter(() => false);

        GuestDowntime measured = await meter.ListenAsync(Task.CompletedTask, default).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(measured.Recovered);
        Assert.InRange(measured.Outage, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Who_does_not_answer_at_the_beginning_is_an_error() =>
        await Assert.ThrowsAsync<HeartbeatMissingException>(() => Meter(() => false).StartAsync(default));

    [Fact]
    public async Task A_port_that_nobody_listens_on_does_not_answer() =>
        Assert.False(await NetworkProbes.ConnectAsync("127.0.0.1", 1, default));

    [Fact]
    public async Task A_port_that_somebody_listens_on_does()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();

        Assert.True(await NetworkProbes.ConnectAsync("127.0.0.1", ((System.Net.IPEndPoint)listener.LocalEndpoint).Port, default));
    }

    private ProbeMeter Meter(Func<bool> answer) => new(
        "web", GuestDowntimeBasis.Tcp, _ => Task.FromResult(answer()), TimeSpan.FromSeconds(0.1), _time.Timing);
}
