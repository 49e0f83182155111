using XenMigrate.Guests;
using XenMigrate.Toolstacks.Leases;

namespace XenMigrate.Tests;

/// <summary>A guest that is started on one host is held on every other meanwhile: two starts at once would make two copies.</summary>
public class GuestHeldEverywhereTests
{
    private readonly HalfMoved _hosts = new() { Pair = { MayBeNowhere = true } };

    [Fact]
    public async Task A_guest_that_somebody_brings_to_another_host_is_not_started_here()
    {
        _ = _hosts.Pair.Destination.Leases.Run(LeaseCommands.Take(A.Uuid, new LeaseHolder(Guid.NewGuid(), "one@client, starts web on b"), "web").Words);

        GuestLeasedException e = await Assert.ThrowsAsync<GuestLeasedException>(StartAsync);

        Assert.Equal("b", e.Host);
        Assert.Empty(_hosts.Pair.Changes);
    }

    [Fact]
    public async Task While_it_starts_nobody_brings_it_to_another_host()
    {
        bool wasFree = true;
        _hosts.Pair.SomebodyElse = (_, _) => wasFree = _hosts.Pair.Destination.Leases
            .Run(LeaseCommands.Take(A.Uuid, new LeaseHolder(Guid.NewGuid(), "one@client"), "web").Words)!.Succeeded;

        Guest started = await StartAsync();

        Assert.Equal(("web", false), (started.Name, wasFree));
        Assert.All(
            new[] { _hosts.Pair.Source, _hosts.Pair.Destination },
            host => Assert.Empty(LeaseCommands.List.Read([host.Leases.Run(LeaseCommands.List.Commands[0].Words)!]).Leases));
    }

    private Task<Guest> StartAsync() => new GuestLifecycle(A.Host(_hosts.Pair.Source), _hosts.Pair.Timing.Timing)
    {
        OtherHosts = [A.Host(_hosts.Pair.Destination)],
    }.StartAsync("/etc/xen/web.cfg", paused: false, default);
}
