using System.Collections.Concurrent;

namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>Forty guests of mixed sizes leave their host and come back, over real connections.</summary>
public class DrainTests
{
    private const int Guests = 40;
    private const int Window = 4;

    private int _underWay;
    private int _most;

    [Fact]
    public async Task Forty_guests_leave_and_come_back_within_the_window_and_the_memory()
    {
        using TestPair pair = new();
        for (int i = 0; i < Guests; i++)
        {
            Add(pair, $"guest{i:00}", 2 + (i * 7 % 15));
        }

        int needed = pair.Virt08.Hypervisor.Domains.Sum(domain => domain.Configuration.MemoryMB + 1);
        // Room for all of them, and no more.
        pair.Virt07.Faults.LimitFreeMemory(needed);
        HostSession virt08 = await ConnectAsync(pair, "et-virt08");
        HostSession virt07 = await ConnectAsync(pair, "et-virt07");

        await DrainAsync(pair, virt08, virt07);
        Assert.Empty(pair.Virt08.Hypervisor.Domains);
        await DrainAsync(pair, virt07, virt08);

        Assert.Empty(pair.Virt07.Hypervisor.Domains);
        Assert.Equal(Window, _most);
    }

    private async Task DrainAsync(TestPair pair, HostSession from, HostSession to)
    {
        IReadOnlyList<Guest> guests =
        [
            .. (await from.Toolstack.ListAsync(CancellationToken.None)).Where(guest => guest.Id > 0),
        ];
        FleetPlan plan = await FleetPlanner.PlanAsync(
            new FleetRequest([.. guests.Select(guest => new LeavingGuest(guest, from))], [to]) { Order = MoveOrder.MemoryDescending },
            Timing.Real,
            CancellationToken.None);
        Assert.Empty(plan.Unplaced.Select(guest => $"{guest} {string.Join(" ", guest.Blocker)}"));
        Assert.Equal(Guests, plan.Move.Count);

        ConcurrentBag<MigrationResult> results = [];
        await new GuestBatch(new WindowLimits { ThrottleLimit = Window }, MoveOrder.None, Timing.Real).RunAsync(
            [.. plan.Move.Select(move => new GuestMove(guests.Single(move.Is), from, to))],
            async (move, token) =>
            {
                int running = Interlocked.Increment(ref _underWay);
                _ = InterlockedMax(ref _most, running);
                Assert.All(pair.Pair.Hosts, host => Assert.InRange(
                    host.Hypervisor.Domains.Sum(domain => domain.Configuration.MemoryMB) + host.Hypervisor.BallastMB,
                    0,
                    Hypervisor.TotalMB - Hypervisor.ControlDomainMB));
                MigrationResult? result = await new Migrator(null, Timing.Real).MoveAsync(
                    move.Source,
                    move.Destination,
                    move.Guest,
                    new MigrationOptions { Live = true, UsualPreCopy = new PreCopyOptions { OfflineFallback = true } },
                    _ => Task.FromResult(true),
                    token);
                _ = Interlocked.Decrement(ref _underWay);
                results.Add(result!);
                return result;
            },
            _ => { },
            end => Assert.Null(end.Error),
            CancellationToken.None);

        Assert.Equal(Guests, results.Count(result => result.Outcome == MigrationOutcome.Succeeded));
        Assert.Equal(
            Enumerable.Range(0, Guests).Select(i => $"guest{i:00}"),
            pair.Pair.Hosts.SelectMany(host => host.Hypervisor.Domains).Select(domain => domain.Guest.Name).Order());
    }

    private static Task<HostSession> ConnectAsync(TestPair pair, string host) =>
        ToolstackDetection.ConnectAsync(pair.Shell(host), null, () => DateTimeOffset.UtcNow, CancellationToken.None);

    private static int InterlockedMax(ref int most, int value)
    {
        int before;
        while ((before = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, before) != before)
        {
        }

        return before;
    }

    private static void Add(TestPair pair, string name, int megabytes)
    {
        _ = pair.Virt07.Files.Write($"{PairStorage.Folder}/{name}.dsk", PairStorage.Disk());
        string configuration =
            $"""
            name = '{name}'
            memory = {megabytes}
            disk = [ 'tap:aio:{PairStorage.Folder}/{name}.dsk,xvda,w' ]
            vif = [ 'bridge=xenbr1' ]

            """;
        _ = pair.Virt08.Files.Write("/etc/xen/" + name, configuration);
        _ = pair.Virt08.Domains.Create(name, paused: false);
    }
}
