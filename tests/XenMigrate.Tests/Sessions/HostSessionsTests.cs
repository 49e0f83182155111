namespace XenMigrate.Tests.Sessions;

public sealed class HostSessionsTests : IDisposable
{
    private readonly FakeHost _host = new("a");
    private readonly FakeNetwork _network;
    private readonly HostSessions _sessions;

    public HostSessionsTests()
    {
        _network = new FakeNetwork(_host);
        _sessions = new HostSessions { ConnectorOverride = () => _network };
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_asks_at_once_gets_one_session()
    {
        HostSession[] hosts = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => _sessions.GetOrOpenAsync(i % 2 == 0 ? "a" : "A", null, default)));

        Assert.Single(_network.Connections);
        Assert.Single(hosts.Distinct());
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_gives_up_does_not_take_the_session_from_who_waits()
    {
        TaskCompletionSource gate = new();
        _host.Gate = gate.Task;
        using CancellationTokenSource patience = new();
        Task<HostSession> first = _sessions.GetOrOpenAsync("a", null, patience.Token);
        Task<HostSession> second = _sessions.GetOrOpenAsync("a", null, default);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal("a", (await second).ComputerName);
    }

    [Fact]
    public async Task A_host_that_is_no_xen_host_is_let_go()
    {
        _host.Fails("xl info", "xl: not found");

        await Assert.ThrowsAnyAsync<XenMigrateException>(() => _sessions.GetOrOpenAsync("a", null, default));

        Assert.True(_host.IsDisposed);
        Assert.Empty(_sessions.All);
    }

    [Fact]
    public async Task A_session_does_not_keep_the_observer_of_its_opening()
    {
        int heard = 0;
        HostSession host = await _sessions.GetOrOpenAsync("a", _ => heard++, default);
        int opening = heard;

        _ = await host.Toolstack.ListAsync(default);

        Assert.True(opening > 0);
        Assert.Equal(opening, heard);
    }

    [Fact]
    public async Task The_end_ends_all_sessions()
    {
        _ = await _sessions.GetOrOpenAsync("a", null, default);

        _sessions.Dispose();

        Assert.True(_host.IsDisposed);
    }

    [Fact]
    public async Task A_session_that_opens_after_the_end_is_ended()
    {
        TaskCompletionSource gate = new();
        _host.Gate = gate.Task;
        Task<HostSession> opening = _sessions.GetOrOpenAsync("a", null, default);

        _sessions.Dispose();
        gate.SetResult();
        _ = await opening;

        Assert.True(_host.IsDisposed);
    }

    [Fact]
    public void A_closed_runspace_ends_its_sessions_and_no_others()
    {
        FakeHost other = new("a");
        using TestRunspace stays = new(new FakeNetwork(other));
        using (TestRunspace closes = new(_network))
        {
            Assert.Empty(closes.Run("Connect-MigrationHost a").Errors);
            Assert.Empty(stays.Run("Connect-MigrationHost a").Errors);
        }

        Assert.True(_host.IsDisposed);
        Assert.False(other.IsDisposed);
    }

    public void Dispose() => _sessions.Dispose();
}
