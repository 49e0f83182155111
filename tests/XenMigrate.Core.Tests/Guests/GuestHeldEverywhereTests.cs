namespace XenMigrate.Tests;

/// <summary>
/// A guest that is started or restored on one host is held on every other meanwhile: two of these at once would make two copies.
/// </summary>
public class GuestHeldEverywhereTests
{
    private const string Image = "/images/web.save";

    private readonly HalfMoved _hosts = new() { Pair = { MayBeNowhere = true } };

    public GuestHeldEverywhereTests() => _hosts.Pair.Images[Image] = new SimulatedGuest(5, "web", A.Uuid);

    [Theory]
    [InlineData(nameof(StartAsync))]
    [InlineData(nameof(RestoreAsync))]
    public async Task A_guest_that_somebody_brings_to_another_host_is_not_brought_here(string route)
    {
        _ = _hosts.Pair.Destination.Leases.Run(LeaseCommands.Take(A.Uuid, new LeaseHolder(Guid.NewGuid(), "one@client, starts web on b"), "web").Words);

        GuestLeasedException e = await Assert.ThrowsAsync<GuestLeasedException>(() => BringAsync(route, _hosts.Pair.Source));

        Assert.Equal("b", e.Host);
        Assert.Empty(_hosts.Pair.Changes);
    }

    [Theory]
    [InlineData(nameof(StartAsync))]
    [InlineData(nameof(RestoreAsync))]
    public async Task While_it_comes_here_nobody_brings_it_to_another_host(string route)
    {
        bool wasFree = true;
        _hosts.Pair.SomebodyElse = (_, _) => wasFree = _hosts.Pair.Destination.Leases
            .Run(LeaseCommands.Take(A.Uuid, new LeaseHolder(Guid.NewGuid(), "one@client"), "web").Words)!.Succeeded;

        Guest brought = await BringAsync(route, _hosts.Pair.Source);

        Assert.Equal(("web", false), (brought.Name, wasFree));
        Assert.All(
            new[] { _hosts.Pair.Source, _hosts.Pair.Destination },
            host => Assert.Empty(LeaseCommands.List.Read([host.Leases.Run(LeaseCommands.List.Commands[0].Words)!]).Leases));
    }

    // The pair itself sees to it that never two copies run. The first one may find the second still at giving up.
    [Theory]
    [InlineData(nameof(StartAsync), nameof(RestoreAsync))]
    [InlineData(nameof(RestoreAsync), nameof(StartAsync))]
    [InlineData(nameof(RestoreAsync), nameof(RestoreAsync))]
    [InlineData(nameof(StartAsync), nameof(StartAsync))]
    public async Task Of_two_who_bring_it_to_two_hosts_at_once_not_both_do(string route, string other)
    {
        Task<Guest>? second = null;
        _hosts.Pair.SomebodyElse = (_, _) => second ??= BringAsync(other, _hosts.Pair.Destination);

        Exception? first = await Record.ExceptionAsync(() => BringAsync(route, _hosts.Pair.Source));

        _ = await Assert.ThrowsAsync<GuestLeasedException>(() => second!);
        Assert.True(first is null or GuestLeasedException, $"{first}");
        Assert.Equal(first is null ? 1 : 0, _hosts.Pair.Copies.Count());
    }

    private Task<Guest> BringAsync(string route, SimulatedHost host) => route == nameof(StartAsync) ? StartAsync(host) : RestoreAsync(host);

    private Task<Guest> StartAsync(SimulatedHost host) => new GuestLifecycle(A.Host(host), _hosts.Pair.Timing.Timing)
    {
        OtherHosts = [A.Host(Other(host))],
    }.StartAsync("/etc/xen/web.cfg", paused: false, default);

    private Task<Guest> RestoreAsync(SimulatedHost host) => new GuestRestorer(A.Host(host), _hosts.Pair.Timing.Timing).RestoreAsync(
        new RestorePlan(new SavedImage(new SavedGuest("web", A.Uuid, "a", Image, 134492495, DateTimeOffset.UnixEpoch)), Stale: null) { OtherHosts = [A.Host(Other(host))] },
        new RestoreOptions(),
        null,
        default);

    private SimulatedHost Other(SimulatedHost host) => host == _hosts.Pair.Source ? _hosts.Pair.Destination : _hosts.Pair.Source;

    private sealed record SavedImage(SavedGuest Saved) : GuestImage(Saved)
    {
        public override ToolstackKind Toolstack => ToolstackKind.Xl;

        public override IReadOnlyList<GuestDisk> Disks => [];
    }
}
