namespace XenMigrate.Tests;

/// <summary>What a repair does about guests that were renamed, that ran meanwhile, or that a third host has.</summary>
public class RepairElsewhereTests
{
    // The last word of xl's handshake may be lost: then the guest runs at the destination, and may be lost there after it.
    [Fact]
    public async Task What_was_sent_to_a_host_that_has_it_no_more_is_not_woken_over_what_it_may_have_done_there()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's');
        half.Pair.Source.CanResume = true;

        MigrationRepair repair = (await half.RepairAsync())!;

        Assert.Equal((MigrationRepairOutcome.Left, null), (repair.Outcome, repair.ComputerName));
        Assert.Contains("nobody can tell whether it did", repair.Left, StringComparison.Ordinal);
        Assert.Contains("Only if you know that it ran nowhere else since", repair.Remediation, StringComparison.Ordinal);
        Assert.Contains("start the guest afresh from its configuration", repair.Remediation, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_guest_that_somebody_renamed_is_found_by_the_name_that_its_hosts_knew()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("shop", 'b');
        half.Uuid = null;
        LeaseHolder mover = new(Guid.NewGuid(), "one@client");
        _ = half.Pair.Destination.Leases.Run(LeaseCommands.Take(A.Uuid, mover, "web").Words);
        _ = half.Pair.Destination.Leases.Run(LeaseCommands.Release(A.Uuid, mover).Words);

        MigrationRepair repair = (await half.RepairAsync())!;

        Assert.Equal((MigrationRepairOutcome.Settled, "b", A.Uuid), (repair.Outcome, repair.ComputerName, repair.Uuid));
        Assert.Contains(repair.Found, text => text.Contains("renamed by somebody, it was web", StringComparison.Ordinal));
        Assert.Equal(["a: xl destroy 6"], half.Pair.Changes);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_told_with_those_that_are_there()
    {
        HalfMoved half = new();
        _ = half.Pair.Source.Add("shop");
        _ = half.Pair.Destination.Add("mail", uuid: Guid.NewGuid());
        half.Uuid = null;

        GuestNotFoundException error = await Assert.ThrowsAsync<GuestNotFoundException>(() => half.RepairAsync());

        Assert.Contains("No guest called web is known to a or b, and no journal tells of a move of it between them; a has shop, b has mail", error.Message);
    }

    [Fact]
    public async Task What_was_given_away_is_not_woken_if_a_third_host_has_the_guest()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p');
        SimulatedHost third = new("c", half.Pair, "33333333-3333-3333-3333-333333333333", "10.77.0.9", "");
        _ = third.Add("web");
        half.Pair.MostRunning = 1;

        MigrationRepair repair = (await half.RepairAsync(third: A.Host(third)))!;

        Assert.Equal((MigrationRepairOutcome.Left, null), (repair.Outcome, repair.ComputerName));
        Assert.Contains("c has web", repair.Left, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_third_host_without_the_guest_is_in_nobodys_way()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p');
        half.Pair.Source.CanResume = true;

        Assert.Equal("a", (await half.RepairAsync(third: A.Host(new SimulatedHost("c", half.Pair, "33333333-3333-3333-3333-333333333333", "10.77.0.9", ""))))!.ComputerName);
    }

    [Fact]
    public async Task A_paused_copy_that_ran_is_not_destroyed_although_the_guest_runs_elsewhere()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'b').OnB("web", 'p');

        Assert.Equal(MigrationRepairOutcome.Left, (await half.RepairAsync())!.Outcome);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_copy_that_ran_before_it_was_paused_is_not_destroyed()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web", 'p');

        Assert.Equal(MigrationRepairOutcome.Left, (await half.RepairAsync())!.Outcome);
        Assert.Empty(half.Pair.Changes);
    }
}
