namespace XenMigrate.Tests;

public sealed class GuestBatchTests : IDisposable
{
    private readonly FakeShell _x = new("x");
    private readonly List<string> _log = [];
    private MigrationOutcome _outcome = MigrationOutcome.Succeeded;

    public void Dispose() => _x.Dispose();

    [Fact]
    public async Task Guests_that_do_not_fit_in_together_go_one_after_the_other()
    {
        HasFree(300);

        await RunAsync(9, MoveOrder.None, Guest("web", 200), Guest("db", 200));

        Assert.Equal(["web begins", "web ends", "db begins", "db ends"], _log);
    }

    [Fact]
    public async Task Guests_that_fit_in_together_go_together()
    {
        HasFree(500);

        await RunAsync(9, MoveOrder.None, Guest("web", 200), Guest("db", 200));

        Assert.Equal(["web begins", "db begins"], _log.Take(2));
    }

    [Fact]
    public async Task Where_a_guest_may_be_its_memory_is_not_given_away()
    {
        HasFree(300);
        _outcome = MigrationOutcome.Undetermined;

        await RunAsync(9, MoveOrder.None, Guest("web", 250), Guest("db", 200), Guest("tiny", 10));

        // There is no room left for db, so tiny, behind it, waits too; each is tried alone.
        Assert.Equal(["web begins", "web ends", "db begins", "db ends", "tiny begins", "tiny ends"], _log);
    }

    [Fact]
    public async Task Where_the_destination_does_not_say_its_own_checks_have_the_say()
    {
        _ = _x.Fails("xl info", "no");

        await RunAsync(2, MoveOrder.None, Guest("web", 200), Guest("db", 200));

        Assert.Equal(["web begins", "db begins"], _log.Take(2));
    }

    [Fact]
    public async Task A_single_guest_costs_no_question()
    {
        await RunAsync(2, MoveOrder.None, Guest("web", 200));

        Assert.Empty(_x.Commands);
    }

    [Fact]
    public async Task One_at_a_time_needs_no_question_either()
    {
        await RunAsync(1, MoveOrder.MemoryAscending, Guest("web", 200), Guest("db", 100));

        Assert.Empty(_x.Commands);
        Assert.Equal(["db begins", "db ends", "web begins", "web ends"], _log);
    }

    [Fact]
    public async Task A_guest_that_is_named_twice_is_moved_once()
    {
        Guest web = Guest("web", 200);

        await RunAsync(1, MoveOrder.None, web, Guest("db", 100), web);

        Assert.Equal(["web begins", "web ends", "db begins", "db ends"], _log);
    }

    private void HasFree(long memory) => _x.Answers(
        "xl info",
        $"xen_major : 4\nxen_minor : 17\nxen_extra : .3\nxen_version : 4.17.3\ntotal_memory : 4096\nfree_memory : {memory}\nxen_scheduler : credit2\n");

    private async Task RunAsync(int limit, MoveOrder order, params Guest[] guests)
    {
        HostSession a = A.Host(new FakeShell("a"));
        HostSession x = A.Host(_x);
        await new GuestBatch(new WindowLimits { ThrottleLimit = limit }, order, new FakeTiming().Timing).RunAsync(
            [.. guests.Select(guest => new GuestMove(guest, a, x))],
            async (move, _) =>
            {
                // The others begin, if they may, before this one ends.
                await Task.Yield();
                return new MigrationResult { Name = move.Guest.Name, Source = "a", Destination = "x", Outcome = _outcome };
            },
            move => _log.Add($"{move.Guest} begins"),
            result => _log.Add($"{result.Move.Item.Guest} ends"),
            CancellationToken.None);
    }

    private static Guest Guest(string name, long memory) =>
        A.Guest(name, uuid: Guid.NewGuid()) with { MemoryMB = memory, MaximumMemoryMB = memory };
}
