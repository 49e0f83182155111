namespace XenMigrate.Tests;

/// <summary>Moves that broke off are settled by two hosts that keep guests as xl would; the pair sees to the rule that never bends.</summary>
public class MoveRepairerTests
{
    [Fact]
    public async Task A_guest_that_arrived_loses_the_copy_it_left()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationRepairOutcome.Settled, "b", null), (repair!.Outcome, repair.ComputerName, repair.Left));
        Assert.Equal(["a: xl destroy 6"], half.Pair.Changes);
        Assert.Contains("a has web--migratedaway (id 6, Suspended)", repair.Found);
        Assert.Contains("a has nothing of it", repair.Now);
        Assert.StartsWith("a: xl destroy 6 (Destroy web--migratedaway", Assert.Single(repair.Action), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_guest_that_was_never_given_away_wakes()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web--incoming", 'p', ran: false);
        half.Pair.Source.CanResume = true;

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationRepairOutcome.Settled, "a"), (repair!.Outcome, repair.ComputerName));
        Assert.Equal(["a: xl resume 6", "b: xl destroy 9", "a: xl rename 6 web"], half.Pair.Changes);
    }

    [Fact]
    public async Task An_older_xl_wakes_it_by_a_save_that_fails()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's').OnB("web--incoming", 'p', ran: false);

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationRepairOutcome.Settled, "a", null), (repair!.Outcome, repair.ComputerName, repair.Left));
        Assert.Equal(["a: env LIBXL_SAVE_HELPER=/bin/false xl save -c 6 /dev/null", "b: xl destroy 9"], half.Pair.Changes);
    }

    [Fact]
    public async Task A_guest_that_did_not_wake_is_no_success()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's');
        half.Pair.Plan = (_, _) => Fault.Lies;

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationRepairOutcome.Failed, null), (repair!.Outcome, repair.ComputerName));
        Assert.IsType<GuestStateUnexpectedException>(repair.Error);
        Assert.Empty(repair.Action);
    }

    [Fact]
    public async Task Where_nobody_knows_how_to_wake_it_no_copy_is_destroyed()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web--incoming", 'p', ran: false);
        half.Pair.Source.CanResume = null;

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal(MigrationRepairOutcome.Left, repair!.Outcome);
        Assert.Contains("no command that is known to wake", repair.Left, StringComparison.Ordinal);
        Assert.Contains("4.20", repair.Remediation, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_copy_that_was_allowed_to_start_is_started()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'p', ran: false);

        Assert.Equal("b", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["b: xl unpause 9", "a: xl destroy 6"], half.Pair.Changes);
    }

    [Fact]
    public async Task An_offline_move_that_broke_off_goes_back()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web", 'p', ran: false);

        Assert.Equal("a", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["a: xl unpause 6", "b: xl destroy 9", "a: xl rename 6 web"], half.Pair.Changes);
    }

    [Fact]
    public async Task A_guest_that_somebody_let_run_at_the_source_loses_the_copy_that_never_ran()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'b').OnB("web", 'p', ran: false);

        Assert.Equal("a", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["b: xl destroy 9", "a: xl rename 6 web"], half.Pair.Changes);
    }

    [Fact]
    public async Task What_libvirt_suspended_and_left_goes_once_the_guest_runs_at_the_destination()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's').OnB("web", 'b');

        Assert.Equal("b", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["a: xl destroy 6"], half.Pair.Changes);
    }

    [Fact]
    public async Task What_libvirt_suspended_wakes_if_the_destination_waits_for_ever_to_be_let_run()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's').OnB("web", 'p', ran: false);
        half.Pair.Source.CanResume = true;

        Assert.Equal("a", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["a: xl resume 6", "b: xl destroy 9"], half.Pair.Changes);
    }

    [Fact]
    public async Task While_virsh_may_still_let_it_run_nothing_is_touched()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's').OnB("web", 'p', ran: false);
        half.Pair.Source.Processes = HalfMoved.Quiet + "  200 /usr/bin/virsh -q -c xen:///system migrate --live 6 xen+ssh://b/system?no_tty=1\n";

        Assert.Equal(MigrationRepairOutcome.Left, (await half.RepairAsync())!.Outcome);
        Assert.Empty(half.Pair.Changes);
    }
}
